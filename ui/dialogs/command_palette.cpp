#include "ui/dialogs/command_palette.h"

#include "ui/keys/key_text.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QStyle>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kPlaceRole = Qt::UserRole;
constexpr QSize kSize{460, 420};

}  // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent), words_(new QLineEdit), list_(new QTreeWidget), nothing_(new QLabel) {
    setObjectName(QStringLiteral("CommandPalette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find a command"));
    words_->setObjectName(QStringLiteral("CommandWords"));
    words_->setPlaceholderText(tr("Type a part of its name"));
    words_->setAccessibleName(tr("Find a command"));
    words_->installEventFilter(this);
    list_->setObjectName(QStringLiteral("CommandList"));
    list_->setAccessibleName(tr("Commands"));
    list_->setColumnCount(2);
    list_->setHeaderHidden(true);
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    QPixmap nothing(list_->style()->pixelMetric(QStyle::PM_SmallIconSize), 1);
    nothing.fill(Qt::transparent);
    const QIcon noIcon(nothing);  // keeps the names in line
    for (QAction* action : actions) {
        auto* item = new QTreeWidgetItem(list_, {commandName(*action), keysText(action->shortcuts())});
        item->setIcon(0, action->icon().isNull() ? noIcon : action->icon());
        item->setDisabled(!action->isEnabled());
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(0, item->text(0));
        item->setData(0, kPlaceRole, actions_.size());
        actions_.append(action);
    }

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(words_);
    layout->addWidget(list_, 1);
    nothing_->setObjectName(QStringLiteral("NothingFound"));
    nothing_->setProperty("role", QStringLiteral("muted"));
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setTextFormat(Qt::PlainText);
    nothing_->setWordWrap(true);
    layout->addWidget(nothing_, 1);
    resize(kSize);
    connect(words_, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(words_, &QLineEdit::returnPressed, this, [this] { choose(list_->currentItem()); });
    connect(list_, &QTreeWidget::itemClicked, this, &CommandPalette::choose);
    filter({});
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(list_, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::filter(const QString& words) {
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    QTreeWidgetItem* first = nullptr;
    bool isAnyShown = false;
    for (int row = 0; row < list_->topLevelItemCount(); ++row) {
        QTreeWidgetItem* item = list_->topLevelItem(row);
        const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) {
            return item->text(0).contains(word, Qt::CaseInsensitive) ||
                   withoutMenuKey(actionOf(item)->text()).contains(word, Qt::CaseInsensitive);
        });
        item->setHidden(!fits);
        isAnyShown = isAnyShown || fits;
        if (fits && !first && !item->isDisabled()) first = item;
    }
    list_->setCurrentItem(first);
    list_->setVisible(isAnyShown);
    nothing_->setVisible(!isAnyShown);
    nothing_->setText(tr("No command is called “%1”").arg(words.trimmed()));
}

void CommandPalette::choose(QTreeWidgetItem* item) {
    const QPointer<QAction> action = item && !item->isDisabled() ? actionOf(item) : nullptr;
    if (!action) return;
    close();
    // Later, so that a dialog of the command opens when this one is gone.
    QTimer::singleShot(0, action.data(), &QAction::trigger);
}

QAction* CommandPalette::actionOf(const QTreeWidgetItem* item) const {
    return actions_[item->data(0, kPlaceRole).toInt()];
}

}  // namespace finebrush
