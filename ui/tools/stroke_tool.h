#pragma once

#include "core/session/session.h"

#include <QObject>

namespace finebrush {

class ToolBox;

/// Turns the pointer of the canvas into strokes of the session: with the brush of the current class, or
/// erasing.
class StrokeTool : public QObject {
    Q_OBJECT

  public:
    StrokeTool(Session& session, const ToolBox& toolBox, QObject* parent = nullptr);

    /// Does nothing where no image is shown, or where there is no class to paint with.
    void begin(PointInImage point, bool erases);
    void extend(PointInImage point);
    void finish();
    /// Puts the labels back as they were before the stroke.
    void cancel();

  private:
    Session& session_;
    const ToolBox& toolBox_;
    bool painting_ = false;
};

}  // namespace finebrush
