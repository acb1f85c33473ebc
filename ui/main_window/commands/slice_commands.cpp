#include "ui/main_window/commands/slice_commands.h"

#include "ui/bridge/session_bridge.h"
#include "ui/main_window/commands/main_actions.h"

#include <utility>

namespace finebrush {

namespace {

constexpr std::pair<Command, SliceView> kViews[] = {{Command::AxialView, SliceView::Axial},
                                                    {Command::CoronalView, SliceView::Coronal},
                                                    {Command::SagittalView, SliceView::Sagittal}};

}  // namespace

SliceCommands::SliceCommands(SessionBridge& bridge, const MainActions& actions, QObject* parent)
    : QObject(parent), bridge_(bridge), actions_(actions) {
    connect(&actions_[Command::PreviousSlice], &QAction::triggered, this, [this] { step(-1, 0); });
    connect(&actions_[Command::NextSlice], &QAction::triggered, this, [this] { step(1, 0); });
    connect(&actions_[Command::PreviousFrame], &QAction::triggered, this, [this] { step(0, -1); });
    connect(&actions_[Command::NextFrame], &QAction::triggered, this, [this] { step(0, 1); });
    for (const auto& [command, view] : kViews) {
        connect(&actions_[command], &QAction::triggered, this, [this, view = view] { turnTo(view); });
    }
    connect(&bridge_, &SessionBridge::imageShown, this, &SliceCommands::follow);
    follow();
}

void SliceCommands::step(int slices, int frames) {
    const auto shown = bridge_.session().shownImage();
    if (!shown || !shown->slice) return;
    SliceAddress slice = *shown->slice;
    slice.index += slices;
    slice.frame += frames;
    bridge_.session().showSlice(slice);
}

void SliceCommands::turnTo(SliceView view) {
    const auto shown = bridge_.session().shownImage();
    if (shown && shown->slice && shown->slice->view != view) {
        bridge_.session().showSlice({view, sliceCount(shown->grid, view) / 2, shown->slice->frame});
    }
    follow();  // the mark stays with what is on the screen until the other view is there
}

void SliceCommands::follow() {
    const auto shown = bridge_.session().shownImage();
    const bool isSlice = shown && shown->slice;
    const int last = isSlice ? sliceCount(shown->grid, shown->slice->view) - 1 : 0;
    actions_[Command::PreviousSlice].setEnabled(isSlice && shown->slice->index > 0);
    actions_[Command::NextSlice].setEnabled(isSlice && shown->slice->index < last);
    actions_[Command::PreviousFrame].setEnabled(isSlice && shown->slice->frame > 0);
    actions_[Command::NextFrame].setEnabled(isSlice && shown->slice->frame < shown->grid.frames - 1);
    for (const auto& [command, view] : kViews) {
        actions_[command].setEnabled(isSlice);
        actions_[command].setChecked(isSlice && shown->slice->view == view);
    }
}

}  // namespace finebrush
