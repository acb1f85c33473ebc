#pragma once

#include <QSplitter>

class QLabel;
class QMenu;
class QToolButton;

namespace finebrush {

class CanvasView;
class MainActions;
class Preferences;
class SecondView;
class SessionBridge;

/// The canvas, and beside it, where the person wants it, a second view of the same place that shows one thing
/// only. A title in the corner of each says what that is; the second one opens the menu of the choices. The
/// second view is there only while it is seen.
class SideBySide : public QSplitter {
    Q_OBJECT

  public:
    /// To be made after the canvas is bound to the session.
    SideBySide(CanvasView& canvas, const MainActions& actions, QMenu& choices, SessionBridge& bridge,
               Preferences& preferences);

  protected:
    QSplitterHandle* createHandle() override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void connectActions();
    /// Opens or closes the second view.
    void follow();
    void openSecond();
    void closeSecond();
    void arrange();
    void showContent();
    void showTitles();

    CanvasView& canvas_;
    const MainActions& actions_;
    QMenu& choices_;
    SessionBridge& bridge_;
    Preferences& preferences_;
    QLabel* firstTitle_;
    SecondView* second_ = nullptr;  ///< null: closed
    QToolButton* secondTitle_ = nullptr;
};

}  // namespace finebrush
