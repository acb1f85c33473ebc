#pragma once

namespace finebrush {

class CanvasView;
class ResultDock;
class SessionBridge;
class ActiveTool;
class ToolBox;

/// Joins the canvas to the rest, one way round: pointer → tool → session, and session → signal → canvas.
void bindCanvas(CanvasView& canvas, SessionBridge& bridge, ToolBox& toolBox, ActiveTool& activeTool,
                const ResultDock& resultDock);

}  // namespace finebrush
