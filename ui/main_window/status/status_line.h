#pragma once

#include "core/session/session.h"

#include <QStatusBar>

#include <optional>

class QLabel;

namespace finebrush {

class CanvasView;
class SessionBridge;
class ToolBox;

/// The status bar: which image, what is under the pointer, what the tool can do, what is worked out or
/// made, the zoom, whether all is on disk, and the engine.
class StatusLine : public QStatusBar {
    Q_OBJECT

  public:
    StatusLine(SessionBridge& bridge, const CanvasView& canvas, const ToolBox& toolBox,
               QWidget* parent = nullptr);

    /// What was measured stands before the hint of the tool; empty: nothing is.
    void showMeasured(const QString& length);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void showImage();
    void showPointer(std::optional<PointInImage> point);
    /// What a pixel is painted as, else what it is predicted as; empty where it is neither.
    QString classText(int x, int y) const;
    void showHint();
    void sayNothingInRange();
    void showZoom();
    void showSaved();
    /// In a few words, since the sentence of an error is too long for the status bar.
    static QString notSavedText(const Error& problem);
    void showEngine();

    SessionBridge& bridge_;
    const CanvasView& canvas_;
    const ToolBox& toolBox_;
    QLabel* image_;
    QLabel* pointer_;
    QLabel* hint_;
    QLabel* zoom_;
    QLabel* saved_;
    QLabel* engine_;
    std::optional<PointInImage> point_;  ///< under the pointer
    QString measured_;
    bool saysNothingInRange_ = false;  ///< in the place of the hint
};

}  // namespace finebrush
