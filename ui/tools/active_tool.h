#pragma once

#include "ui/tools/canvas_tool.h"
#include "ui/tools/tool_box.h"

#include <QObject>

#include <map>
#include <memory>

namespace finebrush {

/// Hands the pointer of the canvas to the tool that the tool box says, and tells what that tool is drawing.
/// Another kind of tool cancels what the one before has begun.
class ActiveTool : public QObject {
    Q_OBJECT

  public:
    ActiveTool(Session& session, ToolBox& toolBox, QObject* parent = nullptr);
    ~ActiveTool() override;

    /// `sizeShare` is what the pressure of a pen makes of the size.
    void press(PointInImage point, bool erases, double sizeShare = 1);
    void move(PointInImage point, double sizeShare = 1);
    void release();
    void cancel();
    void complete();
    void stepBack();
    void hover(std::optional<PointInImage> point);
    void chooseNext(int step);
    void follow();
    /// `scale` in view px per px of the image; `visible` in px of the image.
    void setView(double scale, const RectInImage& visible);

  signals:
    void sketchChanged(const std::optional<finebrush::ToolSketch>& sketch);

  private:
    /// Lets the tool act, then tells its sketch where that is another.
    template <typename Act>
    void act(Act act);
    /// Null: the canvas itself pans.
    CanvasTool* tool() const;

    ToolContext context_;
    std::map<ToolKind, std::unique_ptr<CanvasTool>> tools_;
    ToolKind kind_;
    std::optional<ToolSketch> sketch_;
};

}  // namespace finebrush
