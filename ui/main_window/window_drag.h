#pragma once

#include "core/session/session.h"

#include <QObject>
#include <QPointF>

#include <memory>

namespace finebrush {

class CanvasView;
class SessionBridge;

/// Changes which raw values are shown black and white by a drag on the canvas, as viewers of medical images
/// do: to the right the window becomes wider (less contrast), upwards the image becomes brighter.
class WindowDrag : public QObject {
    Q_OBJECT

  public:
    WindowDrag(SessionBridge& bridge, CanvasView& canvas, QObject* parent);

  private:
    void begin();
    void follow(QPointF way);
    void end();

    SessionBridge& bridge_;
    std::shared_ptr<const OpenedImage> image_;  ///< none: no drag
    DisplayMapping from_;
    DisplayMapping to_;
};

}  // namespace finebrush
