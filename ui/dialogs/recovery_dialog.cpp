#include "ui/dialogs/recovery_dialog.h"

#include "core/base/project_file_name.h"
#include "ui/bridge/conversions.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

constexpr QSize kUsualSize{560, 320};
constexpr int kRowMargin = 7;

QString textOf(const AbandonedProject& project) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("finebrush::RecoveryDialog", text);
    };
    const std::filesystem::path& origin = project.origin;
    const bool isFile = origin.extension() == kProjectExtension;
    const QString name = origin.empty()
                             ? translated(QT_TRANSLATE_NOOP("finebrush::RecoveryDialog", "New project"))
                             : toQString(isFile ? origin.stem() : origin.filename());
    const QString changed =
        QDateTime::fromSecsSinceEpoch(project.changedAt).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    if (origin.empty()) {
        return name + u'\n' +
               translated(QT_TRANSLATE_NOOP("finebrush::RecoveryDialog", "Last changed %1 – no images"))
                   .arg(changed);
    }
    // The folder tells projects of one name apart.
    return name + u'\n' +
           translated(QT_TRANSLATE_NOOP("finebrush::RecoveryDialog", "Last changed %1 – images: %2 – %3"))
               .arg(changed, QString::number(project.images),
                    QDir::toNativeSeparators(toQString(isFile ? origin.parent_path() : origin)));
}

}  // namespace

RecoveryDialog::RecoveryDialog(std::vector<AbandonedProject> projects, QWidget* parent)
    : QDialog(parent), projects_(std::move(projects)), list_(new QListWidget) {
    setObjectName(QStringLiteral("RecoveryDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Unsaved work"));
    list_->setObjectName(QStringLiteral("RecoverableList"));
    list_->setAccessibleName(tr("Unsaved projects"));
    list_->setTextElideMode(Qt::ElideMiddle);
    // The margins of the style are no part of what a list takes for the height of two lines.
    const int rowHeight = 2 * list_->fontMetrics().lineSpacing() + 2 * kRowMargin;
    for (const AbandonedProject& project : projects_) {
        auto* item = new QListWidgetItem(textOf(project));
        item->setToolTip(toQString(project.origin));
        item->setSizeHint({0, rowHeight});
        list_->addItem(item);
    }
    list_->setCurrentRow(0);
    auto* text = new QLabel(
        projects_.empty() ? tr("There is no earlier work that was not saved to a file.")
                          : tr("This earlier work was not saved to a file. Its labels are still here."));
    text->setWordWrap(true);
    text->setBuddy(list_);

    auto* buttons = new QDialogButtonBox;
    open_ = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    open_->setObjectName(QStringLiteral("Recover"));
    open_->setDefault(true);
    delete_ = buttons->addButton(tr("Delete…"), QDialogButtonBox::DestructiveRole);
    delete_->setObjectName(QStringLiteral("DiscardRecoverable"));
    buttons->addButton(tr("Later"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("NotNow"));
    for (QPushButton* button : {open_, delete_}) button->setEnabled(!projects_.empty());
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(list_, 1);
    layout->addWidget(buttons);
    resize(kUsualSize);
    list_->setFocus();

    connect(buttons, &QDialogButtonBox::accepted, this, [this] { choose(list_->currentRow()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(delete_, &QPushButton::clicked, this, [this] {
        const int row = list_->currentRow();
        if (row >= 0) emit deletionRequested(projects_[static_cast<size_t>(row)].file);
    });
    connect(list_, &QListWidget::itemDoubleClicked, this, [this] { choose(list_->currentRow()); });
}

void RecoveryDialog::choose(int row) {
    if (row < 0) return;
    emit openRequested(projects_[static_cast<size_t>(row)].file);
    accept();
}

void RecoveryDialog::remove(const std::filesystem::path& file) {
    const auto found = std::ranges::find(projects_, file, &AbandonedProject::file);
    if (found == projects_.end()) return;
    delete list_->takeItem(static_cast<int>(found - projects_.begin()));
    projects_.erase(found);
    if (projects_.empty()) accept();
}

}  // namespace finebrush
