#include "ui/main_window/save_guard.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/dialogs/error_text.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <filesystem>
#include <optional>
#include <utility>

namespace finebrush {

namespace {

constexpr int kMoment = 300;  // ms that a project is waited for without a word

}  // namespace

SaveGuard::SaveGuard(SessionBridge& bridge, std::function<QFileDialog*()> askForPath, QWidget& window)
    : QObject(&window), bridge_(bridge), askForPath_(std::move(askForPath)), window_(window) {
    // Later: the session has not come to the end of what it does when it tells of it.
    connect(&bridge_, &SessionBridge::historyChanged, this, &SaveGuard::follow, Qt::QueuedConnection);
    connect(&bridge_, &SessionBridge::projectChanged, this, &SaveGuard::follow, Qt::QueuedConnection);
}

bool SaveGuard::isSafe() {
    bridge_.session().finishPainting();
    return !bridge_.session().isSaving() && !bridge_.session().hasUnsavedWork();
}

void SaveGuard::whenSafe(std::function<void()> leave) {
    leave_ = std::move(leave);
    follow();
}

void SaveGuard::follow() {
    if (!leave_ || question_ || isChoosing_) return;
    if (isSafe()) return goOn();
    const std::optional<Error> problem = bridge_.session().saveProblem();
    problem && !bridge_.session().isSaving() ? ask(*problem) : wait();
}

void SaveGuard::wait() {
    if (waiting_) return;
    waiting_ =
        new QMessageBox(QMessageBox::Information, tr("Saving…"),
                        tr("The project is being written to the disk."), QMessageBox::Cancel, &window_);
    waiting_->setObjectName(QStringLiteral("WaitForSaving"));
    connect(waiting_, &QDialog::finished, this, &SaveGuard::stay);
    QTimer::singleShot(kMoment, waiting_, [this, box = waiting_.data()] {
        if (box == waiting_) box->open();
    });
}

void SaveGuard::ask(const Error& problem) {
    endWaiting();
    const std::filesystem::path path = bridge_.session().projectPath();
    question_ = new QMessageBox(QMessageBox::Warning, tr("Not saved"),
                                path.empty() ? tr("This project could not be saved.")
                                             : tr("“%1” could not be saved.").arg(toQString(path.stem())),
                                QMessageBox::Cancel, &window_);
    question_->setInformativeText(errorText(problem));
    question_->setObjectName(QStringLiteral("NotSavedQuestion"));
    question_->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* elsewhere = question_->addButton(tr("Save elsewhere…"), QMessageBox::AcceptRole);
    elsewhere->setObjectName(QStringLiteral("SaveElsewhere"));
    question_->addButton(tr("Discard what is not saved"), QMessageBox::DestructiveRole)
        ->setObjectName(QStringLiteral("DiscardUnsaved"));
    question_->setDefaultButton(elsewhere);
    connect(question_, &QDialog::finished, this, &SaveGuard::answer);
    question_->open();
}

void SaveGuard::answer() {
    const QAbstractButton* button = question_->clickedButton();
    question_ = nullptr;
    if (button && button->objectName() == QLatin1String("SaveElsewhere")) {
        saveElsewhere();
    } else if (button && button->objectName() == QLatin1String("DiscardUnsaved")) {
        goOn();
    } else {
        stay();
    }
}

void SaveGuard::saveElsewhere() {
    isChoosing_ = true;
    const auto chosen = [this](int result) {
        isChoosing_ = false;
        result == QDialog::Accepted ? follow() : stay();
    };
    // Later: the dialog tells of its end before it hands over the path.
    connect(askForPath_(), &QDialog::finished, this, chosen, Qt::QueuedConnection);
}

void SaveGuard::goOn() {
    endWaiting();
    const auto leave = std::exchange(leave_, nullptr);
    leave();
}

void SaveGuard::stay() {
    endWaiting();
    leave_ = nullptr;
}

void SaveGuard::endWaiting() {
    if (!waiting_) return;
    waiting_->disconnect(this);
    waiting_->hide();
    waiting_->deleteLater();
    waiting_ = nullptr;
}

}  // namespace finebrush
