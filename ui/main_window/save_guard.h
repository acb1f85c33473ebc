#pragma once

#include "core/base/error.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QFileDialog;
class QMessageBox;

namespace finebrush {

class SessionBridge;

/// Sees to it that nothing is lost when a project is left: waits while it is written, and asks where that
/// fails. No dialog blocks.
class SaveGuard : public QObject {
    Q_OBJECT

  public:
    /// `askForPath` opens the dialog that saves the project in another place.
    SaveGuard(SessionBridge& bridge, std::function<QFileDialog*()> askForPath, QWidget& window);

    /// True where nothing would be lost. Finishes a stroke.
    bool isSafe();
    /// Calls `leave` once nothing would be lost, or where the person does not mind; not at all where they
    /// rather stay.
    void whenSafe(std::function<void()> leave);

  private:
    /// Does what comes next on the way out.
    void follow();
    void wait();
    void ask(const Error& problem);
    void answer();
    void saveElsewhere();
    void goOn();
    void stay();
    void endWaiting();

    SessionBridge& bridge_;
    std::function<QFileDialog*()> askForPath_;
    QWidget& window_;
    std::function<void()> leave_;  ///< empty while nobody wants to
    QPointer<QMessageBox> waiting_;
    QPointer<QMessageBox> question_;
    bool isChoosing_ = false;  ///< another place
};

}  // namespace finebrush
