#include "ui/main_window/canvas_binding.h"

#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/docks/result_dock.h"
#include "ui/tools/active_tool.h"
#include "ui/tools/tool_box.h"

namespace finebrush {

namespace {

void showPrediction(CanvasView& canvas, const Session& session, const ImageId& id) {
    const auto shown = session.shownImage();
    if (!shown || shown->id != id) return;
    if (shown->isLarge()) return canvas.setPrediction({.cells = session.predictedCells(id)});
    canvas.setPrediction(predictedClasses(session.prediction(id), shown->pixels.size));
}

void showImage(CanvasView& canvas, const Session& session) {
    const auto shown = session.shownImage();
    canvas.setImage(shown);
    canvas.setLabels(shown ? &session.labels() : nullptr);
    canvas.setCrossLabels(session.crossLabels());
    if (shown) showPrediction(canvas, session, shown->id);
}

void bindTool(CanvasView& canvas, ActiveTool& tool) {
    QObject::connect(&canvas, &CanvasView::pressed, &tool, &ActiveTool::press);
    QObject::connect(&canvas, &CanvasView::dragged, &tool, &ActiveTool::move);
    QObject::connect(&canvas, &CanvasView::released, &tool, &ActiveTool::release);
    QObject::connect(&canvas, &CanvasView::cancelled, &tool, &ActiveTool::cancel);
    QObject::connect(&canvas, &CanvasView::completeRequested, &tool, &ActiveTool::complete);
    QObject::connect(&canvas, &CanvasView::stepBackRequested, &tool, &ActiveTool::stepBack);
    QObject::connect(&canvas, &CanvasView::hovered, &tool, &ActiveTool::hover);
    QObject::connect(&canvas, &CanvasView::anotherRequested, &tool, &ActiveTool::chooseNext);
    QObject::connect(&canvas, &CanvasView::zoomChanged, &tool,
                     [&canvas, &tool] { tool.setView(canvas.transform().scale(), canvas.seenRect()); });
    QObject::connect(&tool, &ActiveTool::sketchChanged, &canvas, &CanvasView::setSketch);
}

}  // namespace

void bindCanvas(CanvasView& canvas, SessionBridge& bridge, ToolBox& toolBox, ActiveTool& activeTool,
                const ResultDock& resultDock) {
    Session& session = bridge.session();
    const auto showClasses = [&canvas, &session] { canvas.setPalette(overlayPalette(session.classes())); };
    QObject::connect(&bridge, &SessionBridge::imageShown, &canvas, [&] { showImage(canvas, session); });
    QObject::connect(&bridge, &SessionBridge::imageRedrawn, &canvas, &CanvasView::refreshImage);
    QObject::connect(&canvas, &CanvasView::tilesWanted, &bridge,
                     [&session](const std::vector<TileAddress>& tiles) { session.wantTiles(tiles); });
    QObject::connect(&canvas, &CanvasView::zoomChanged, &bridge,
                     [&canvas, &session] { session.setSeen(canvas.seenRect()); });
    QObject::connect(&bridge, &SessionBridge::tilePainted, &canvas, &CanvasView::showTile);
    QObject::connect(&bridge, &SessionBridge::projectChanged, &canvas, [&canvas, &session, showClasses] {
        showImage(canvas, session);
        showClasses();
    });
    QObject::connect(&bridge, &SessionBridge::classesChanged, &canvas, showClasses);
    QObject::connect(&bridge, &SessionBridge::labelsChanged, &canvas,
                     [&](const ImageId& id, const RectInImage& rect) {
                         const auto shown = session.shownImage();
                         if (shown && shown->id == id) canvas.refreshLabels(rect);
                     });
    QObject::connect(&bridge, &SessionBridge::crossLabelsChanged, &canvas,
                     [&] { canvas.setCrossLabels(session.crossLabels()); });
    QObject::connect(&bridge, &SessionBridge::predictionChanged, &canvas,
                     [&](const ImageId& id) { showPrediction(canvas, session, id); });

    bindTool(canvas, activeTool);
    for (const auto news : {&SessionBridge::promptsChanged, &SessionBridge::superpixelsChanged}) {
        QObject::connect(&bridge, news, &activeTool, &ActiveTool::follow);
    }
    QObject::connect(&canvas, &CanvasView::brushStepRequested, &toolBox, &ToolBox::resize);

    const auto showTool = [&canvas, &toolBox] {
        canvas.setBrushDiameter(paintsRound(toolBox.kind()) ? toolBox.diameter() : 0);
        canvas.setPanMode(toolBox.kind() == ToolKind::Pan);
    };
    canvas.setPressureSizes(toolBox.pressureSizes());
    QObject::connect(&toolBox, &ToolBox::pressureSizesChanged, &canvas, &CanvasView::setPressureSizes);
    QObject::connect(&toolBox, &ToolBox::diameterChanged, &canvas, showTool);
    QObject::connect(&toolBox, &ToolBox::kindChanged, &canvas, showTool);
    const auto showOpacity = [&canvas, &resultDock] {
        canvas.setLabelOpacity(resultDock.labelOpacity());
        canvas.setPredictionOpacity(resultDock.predictionOpacity());
    };
    QObject::connect(&resultDock, &ResultDock::opacityChanged, &canvas, showOpacity);
    showOpacity();
    showTool();
    showClasses();
}

}  // namespace finebrush
