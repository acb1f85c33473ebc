#include "ui/dialogs/command_palette.h"

#include "ui/keys/key_text.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPixmap>
#include <QStyle>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace finebrush {

namespace {

constexpr int kPlaceRole = Qt::UserRole;
constexpr QSize kSize{960, 480};
constexpr int kMargin = 40;  // px, within the window
enum Column { NameColumn, DescriptionColumn, KeysColumn, kColumnCount };

/// The titles of the menus that lead to an action of the menu bar; nothing for one that is not there.
std::optional<QStringList> menusTo(const QAction& action) {
    for (const QObject* place : action.associatedObjects()) {
        if (qobject_cast<const QMenuBar*>(place)) return QStringList();
        const auto* menu = qobject_cast<const QMenu*>(place);
        if (!menu) continue;
        if (std::optional<QStringList> above = menusTo(*menu->menuAction()))
            return *above << withoutMenuKey(menu->title());
    }
    return std::nullopt;
}

/// "File ▸ Export ▸ Masks (PNG)…", as a person goes through the menus.
QString placeAndName(const QAction& action) {
    QStringList parts = menusTo(action).value_or(QStringList());
    return (parts << withoutMenuKey(action.text())).join(QStringLiteral(" ▸ "));
}

/// What the name does not say already.
QString descriptionOf(const QAction& action) {
    const QString description = commandName(action);
    return description == withoutMenuKey(action.text()).remove(u'…') ? QString() : description;
}

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
    list_->setColumnCount(kColumnCount);
    list_->setHeaderHidden(true);
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list_->header()->setSectionResizeMode(DescriptionColumn, QHeaderView::Stretch);
    QPixmap nothing(list_->style()->pixelMetric(QStyle::PM_SmallIconSize), 1);
    nothing.fill(Qt::transparent);
    const QIcon noIcon(nothing);  // keeps the names in line
    for (QAction* action : actions) {
        auto* item = new QTreeWidgetItem(
            list_, {placeAndName(*action), descriptionOf(*action), keysText(action->shortcuts())});
        item->setIcon(NameColumn, action->icon().isNull() ? noIcon : action->icon());
        item->setDisabled(!action->isEnabled());
        item->setForeground(DescriptionColumn, palette().placeholderText());
        item->setTextAlignment(KeysColumn, Qt::AlignRight | Qt::AlignVCenter);
        for (const Column column : {NameColumn, DescriptionColumn})
            item->setToolTip(column, item->text(column));
        item->setData(NameColumn, kPlaceRole, actions_.size());
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
    resize(parent ? kSize.boundedTo(parent->window()->size().shrunkBy({kMargin, kMargin, kMargin, kMargin}))
                  : kSize);
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
            return item->text(NameColumn).contains(word, Qt::CaseInsensitive) ||
                   item->text(DescriptionColumn).contains(word, Qt::CaseInsensitive);
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
    return actions_[item->data(NameColumn, kPlaceRole).toInt()];
}

}  // namespace finebrush
