#include "ui/tools/active_tool.h"

#include "ui/tools/fill_tool.h"
#include "ui/tools/lasso_tool.h"
#include "ui/tools/line_tool.h"
#include "ui/tools/measure_tool.h"
#include "ui/tools/pick_tool.h"
#include "ui/tools/polygon_tool.h"
#include "ui/tools/rectangle_tool.h"
#include "ui/tools/sam_tool.h"
#include "ui/tools/stroke_tool.h"
#include "ui/tools/superpixel_tool.h"
#include "ui/tools/wand_tool.h"

namespace finebrush {

ActiveTool::ActiveTool(Session& session, ToolBox& toolBox, QObject* parent)
    : QObject(parent), context_{session, toolBox}, kind_(toolBox.kind()) {
    tools_[ToolKind::Brush] = std::make_unique<StrokeTool>(context_, StrokeTool::Mode::Paint);
    tools_[ToolKind::Eraser] = std::make_unique<StrokeTool>(context_, StrokeTool::Mode::Erase);
    tools_[ToolKind::Line] = std::make_unique<LineTool>(context_);
    tools_[ToolKind::Superpixels] = std::make_unique<SuperpixelTool>(context_);
    tools_[ToolKind::Polygon] = std::make_unique<PolygonTool>(context_);
    tools_[ToolKind::Rectangle] = std::make_unique<RectangleTool>(context_);
    tools_[ToolKind::Lasso] = std::make_unique<LassoTool>(context_);
    tools_[ToolKind::Fill] = std::make_unique<FillTool>(context_);
    tools_[ToolKind::Wand] = std::make_unique<WandTool>(context_);
    tools_[ToolKind::Sam] = std::make_unique<SamTool>(context_);
    tools_[ToolKind::Pick] = std::make_unique<PickTool>(context_);
    tools_[ToolKind::Measure] = std::make_unique<MeasureTool>(context_);
    connect(&toolBox, &ToolBox::kindChanged, this, [this](ToolKind kind) {
        cancel();
        act([](CanvasTool& before) { before.putDown(); });
        kind_ = kind;
        act([](CanvasTool& now) { now.takeUp(); });
    });
    connect(&toolBox, &ToolBox::diameterChanged, this,
            [this] { act([](CanvasTool& tool) { tool.viewMoved(); }); });
    // The sketch shows the colour of the class.
    connect(&toolBox, &ToolBox::currentClassChanged, this, [this] { act([](CanvasTool&) {}); });
}

ActiveTool::~ActiveTool() = default;

CanvasTool* ActiveTool::tool() const {
    const auto found = tools_.find(kind_);
    return found == tools_.end() ? nullptr : found->second.get();
}

template <typename Act>
void ActiveTool::act(Act act) {
    CanvasTool* const acting = tool();
    if (!acting) return;
    act(*acting);
    std::optional<ToolSketch> sketch = acting->sketch();
    if (sketch == sketch_) return;
    sketch_ = std::move(sketch);
    emit sketchChanged(sketch_);
}

void ActiveTool::press(PointInImage point, bool erases, double sizeShare) {
    context_.sizeShare = sizeShare;
    act([&](CanvasTool& tool) { tool.press(point, erases); });
}

void ActiveTool::move(PointInImage point, double sizeShare) {
    context_.sizeShare = sizeShare;
    act([&](CanvasTool& tool) { tool.move(point); });
}

void ActiveTool::release() {
    act([](CanvasTool& tool) { tool.release(); });
}

void ActiveTool::cancel() {
    act([](CanvasTool& tool) { tool.cancel(); });
}

void ActiveTool::complete() {
    act([](CanvasTool& tool) { tool.complete(); });
}

void ActiveTool::stepBack() {
    act([](CanvasTool& tool) { tool.stepBack(); });
}

void ActiveTool::hover(std::optional<PointInImage> point) {
    act([&](CanvasTool& tool) { tool.hover(point); });
}

void ActiveTool::chooseNext(int step) {
    act([&](CanvasTool& tool) { tool.chooseNext(step); });
}

void ActiveTool::follow() {
    act([](CanvasTool& tool) { tool.follow(); });
}

void ActiveTool::setView(double scale, const RectInImage& visible) {
    context_.viewScale = scale;
    context_.visibleRect = visible;
    act([](CanvasTool& tool) { tool.viewMoved(); });
}

}  // namespace finebrush
