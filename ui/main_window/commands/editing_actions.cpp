#include "ui/main_window/commands/editing_actions.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/main_window/commands/paint_values_box.h"
#include "ui/settings/preferences.h"
#include "ui/tools/tool_box.h"

#include <QInputDialog>

#include <utility>

namespace finebrush {

namespace {

constexpr std::pair<Command, ToolKind> kTools[] = {
#define FINEBRUSH_TOOL(tool, ...) {Command::tool, ToolKind::tool},
#include "ui/keys/commands.def"
};

constexpr int kSmallIsland = 50;  // px
constexpr int kLargestIsland = 10'000'000;

}  // namespace

EditingActions::EditingActions(const MainActions& actions, SessionBridge& bridge, ToolBox& toolBox,
                               Preferences& preferences, QWidget& window)
    : QObject(&window),
      actions_(actions),
      bridge_(bridge),
      toolBox_(toolBox),
      preferences_(preferences),
      window_(window) {
    connectTools();
    connectModes();
    connectClassEdits();
    connectPropagation();
    connect(&bridge_, &SessionBridge::projectChanged, this, &EditingActions::follow);
    connect(&bridge_, &SessionBridge::imagesChanged, this, &EditingActions::follow);
    connect(&bridge_, &SessionBridge::imageShown, this, &EditingActions::follow);
    connect(&bridge_, &SessionBridge::classesChanged, this, &EditingActions::follow);
    connect(&bridge_, &SessionBridge::paintOverChanged, this, &EditingActions::follow);
    connect(&toolBox_, &ToolBox::currentClassChanged, this, &EditingActions::follow);
    connect(&toolBox_, &ToolBox::kindChanged, this, &EditingActions::followTool);
    follow();
    followTool();
}

void EditingActions::connectTools() {
    for (const auto& [command, kind] : kTools) {
        connect(&actions_[command], &QAction::triggered, this,
                [this, kind = kind] { toolBox_.setKind(kind); });
    }
    connect(&actions_[Command::LargerBrush], &QAction::triggered, this, [this] { toolBox_.resize(1); });
    connect(&actions_[Command::SmallerBrush], &QAction::triggered, this, [this] { toolBox_.resize(-1); });
    connect(&actions_[Command::SwapClass], &QAction::triggered, this,
            [this] { toolBox_.swapWithFirstClass(bridge_.session().classes()); });
    for (const auto& [command, step] : {std::pair(Command::PreviousClass, -1), {Command::NextClass, 1}}) {
        connect(&actions_[command], &QAction::triggered, this,
                [this, step = step] { toolBox_.stepClass(bridge_.session().classes(), step); });
    }
}

void EditingActions::connectModes() {
    connect(&actions_[Command::OnlyUnlabelled], &QAction::triggered, this, [this](bool only) {
        bridge_.session().setPaintsOver(only ? PaintOver::Unlabelled : PaintOver::Everything);
    });
    connect(&actions_[Command::OnlyOverClass], &QAction::triggered, this, [this](bool only) {
        const LabelClass* current = bridge_.session().classes().find(toolBox_.currentClass());
        bridge_.session().setPaintsOver(only && current ? PaintOver{current->value} : PaintOver::Everything);
    });
    connect(&actions_[Command::OnlyValues], &QAction::triggered, this, &EditingActions::paintOnlyValues);
    joinMark(Command::LockClass, &LabelClass::locked, true);
    joinMark(Command::HideClass, &LabelClass::visible, false);
    toolBox_.setPressureSizes(preferences_.pressureSizes());
    actions_[Command::PressureSizes].setChecked(toolBox_.pressureSizes());
    connect(&actions_[Command::PressureSizes], &QAction::toggled, this, [this](bool sizes) {
        toolBox_.setPressureSizes(sizes);
        preferences_.setPressureSizes(sizes);
    });
}

void EditingActions::connectClassEdits() {
    const auto on = [this](Command command, ClassShape::Edit edit) {
        connect(&actions_[command], &QAction::triggered, this, [this, edit] { reshape({edit}); });
    };
    on(Command::FillHoles, ClassShape::Edit::FillHoles);
    on(Command::GrowClass, ClassShape::Edit::Grow);
    on(Command::ShrinkClass, ClassShape::Edit::Shrink);
    connect(&actions_[Command::ClearLabels], &QAction::triggered, this, [this] {
        const PixelSize size = bridge_.session().labels().size();
        bridge_.session().fill(PixelRegion::ofRect(RectInImage::ofSize(size), size), kUnlabelled);
    });
    connect(&actions_[Command::RemoveIslands], &QAction::triggered, this, &EditingActions::askForIslands);
}

void EditingActions::connectPropagation() {
    const auto on = [this](Command command, void (Session::*carry)()) {
        connect(&actions_[command], &QAction::triggered, this,
                [this, carry] { (bridge_.session().*carry)(); });
    };
    on(Command::CopyFromPrevious, &Session::copyLabelsFromPrevious);
    on(Command::CopyFromNext, &Session::copyLabelsFromNext);
    on(Command::Interpolate, &Session::interpolateSlices);
    on(Command::TakeCrossLabels, &Session::takeCrossLabels);
}

void EditingActions::follow() {
    const Session& session = bridge_.session();
    const LabelClass* current = session.classes().find(toolBox_.currentClass());
    const PaintOver over = session.paintsOver();
    actions_[Command::OnlyUnlabelled].setChecked(over == PaintOver::Unlabelled);
    actions_[Command::OnlyOverClass].setChecked(over.only && over != PaintOver::Unlabelled);
    const PaintedValues values = session.paintedValues();
    actions_[Command::OnlyValues].setChecked(values.isOn);
    actions_[Command::OnlyValues].setEnabled(values.range || session.shownImage());
    actions_[Command::LockClass].setChecked(current && current->locked);
    actions_[Command::HideClass].setChecked(current && !current->visible);
    for (const Command command :
         {Command::OnlyOverClass, Command::LockClass, Command::HideClass, Command::RenameClass})
        actions_[command].setEnabled(current != nullptr);
    for (const Command edit :
         {Command::FillHoles, Command::RemoveIslands, Command::GrowClass, Command::ShrinkClass}) {
        actions_[edit].setEnabled(current && session.shownImage());
    }
    const int place = session.classes().indexOf(toolBox_.currentClass());
    actions_[Command::MoveClassUp].setEnabled(place > 0);
    actions_[Command::MoveClassDown].setEnabled(place >= 0 && place < session.classes().size() - 1);
    const auto shown = session.shownImage();
    actions_[Command::ClearLabels].setEnabled(shown && over != PaintOver::Unlabelled);
    const bool hasNeighbours = shown && (shown->slice || session.images().size() > 1);
    actions_[Command::CopyFromPrevious].setEnabled(hasNeighbours);
    actions_[Command::CopyFromNext].setEnabled(hasNeighbours);
    for (const Command command : {Command::Interpolate, Command::TakeCrossLabels})
        actions_[command].setEnabled(shown && shown->slice);
}

void EditingActions::followTool() {
    for (const auto& [command, kind] : kTools) {
        if (kind == toolBox_.kind()) actions_[command].setChecked(true);
    }
}

void EditingActions::paintOnlyValues(bool only) {
    PaintedValues values = bridge_.session().paintedValues();
    const auto shown = bridge_.session().shownImage();
    if (!values.range && shown) values = usualPaintedValues(*shown);
    values.isOn = only;
    bridge_.session().setPaintedValues(values);
}

void EditingActions::reshape(const ClassShape& shape) {
    bridge_.session().reshape(toolBox_.currentClass(), shape);
}

void EditingActions::joinMark(Command command, bool LabelClass::*mark, bool whenChecked) {
    connect(&actions_[command], &QAction::triggered, this, [this, mark, whenChecked](bool checked) {
        const LabelClass* current = bridge_.session().classes().find(toolBox_.currentClass());
        if (!current) return;
        LabelClass changed = *current;
        changed.*mark = checked == whenChecked;
        bridge_.session().updateClass(changed);
    });
}

void EditingActions::askForIslands() {
    const LabelClass* current = bridge_.session().classes().find(toolBox_.currentClass());
    if (!current) return;
    auto* dialog = new QInputDialog(&window_);
    dialog->setObjectName(QStringLiteral("IslandsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Remove islands"));
    dialog->setLabelText(
        tr("Erase pieces of “%1” that are smaller than this (px):").arg(toQString(current->name)));
    dialog->setOkButtonText(tr("Remove"));
    dialog->setCancelButtonText(tr("Cancel"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, kLargestIsland);
    dialog->setIntValue(kSmallIsland);
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int smallest) {
        reshape({ClassShape::Edit::RemoveIslands, smallest});
    });
    dialog->open();
}

}  // namespace finebrush
