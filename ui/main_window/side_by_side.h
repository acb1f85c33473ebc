#pragma once

#include <QSplitter>

#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace finebrush {

class CanvasView;
class LinkedView;
class MainActions;
class Preferences;
class SessionBridge;
struct OpenedImage;

/// The canvas, and beside it, where the person wants them, linked views of the same place that show one thing
/// only. A title in the corner of each says what that is; those of the linked views open the menu of the
/// choices. Linked views are there only while they are seen.
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
    /// What a view shows over the image.
    enum class Content { All, Image, Labels, Prediction, Earlier };
    struct Linked {
        LinkedView* view;
        QToolButton* title;
    };

    void connectActions();
    /// What is wanted of each view, that of the canvas first.
    std::vector<Content> contents() const;
    /// Opens or closes linked views, and has all show what is wanted of them.
    void follow();
    void openLinked();
    void closeLinked();
    void arrange();
    void keepShares();
    void showContent();
    void showTitles();
    QString titleOf(Content content, const OpenedImage& image) const;
    /// Of the canvas, which may be split itself.
    QString firstTitleOf(Content content, const OpenedImage& image) const;
    bool isTitle(const QObject* object) const;

    CanvasView& canvas_;
    const MainActions& actions_;
    QMenu& choices_;
    SessionBridge& bridge_;
    Preferences& preferences_;
    QLabel* firstTitle_;
    std::vector<Linked> linked_;
};

}  // namespace finebrush
