#include "ui/main_window/kept_tools.h"

#include "ui/docks/result_dock.h"
#include "ui/settings/preferences.h"
#include "ui/tools/tool_box.h"

namespace finebrush {

namespace {

constexpr int kSettledAfter = 500;  // ms

/// A tool that a person may find in hand at the start: the others do not paint, or start the engine.
bool isKept(ToolKind kind) {
    return paints(kind) && kind != ToolKind::Sam;
}

int percentOf(double share) {
    return qRound(share * 100);
}

}  // namespace

KeptTools::KeptTools(ToolBox& toolBox, ResultDock& resultDock, Preferences& preferences, QObject* parent)
    : QObject(parent), toolBox_(toolBox), resultDock_(resultDock), preferences_(preferences) {
    restore();
    settled_.setSingleShot(true);
    settled_.setInterval(kSettledAfter);
    connect(&settled_, &QTimer::timeout, this, &KeptTools::save);
    const auto wait = [this] { settled_.start(); };
    connect(&toolBox_, &ToolBox::kindChanged, this, wait);
    connect(&toolBox_, &ToolBox::diameterChanged, this, wait);
    connect(&toolBox_, &ToolBox::toleranceChanged, this, wait);
    connect(&resultDock_, &ResultDock::opacityChanged, this, wait);
}

void KeptTools::restore() {
    const auto kept = [this](WorkSetting setting, int usual, int lowest, int highest) {
        return preferences_.workSetting(setting, usual, lowest, highest);
    };
    const auto kind =
        static_cast<ToolKind>(kept(WorkSetting::Tool, static_cast<int>(toolBox_.kind()),
                                   static_cast<int>(ToolKind::Brush), static_cast<int>(ToolKind::Pan)));
    if (isKept(kind)) toolBox_.setKind(kind);
    toolBox_.setDiameter(kept(WorkSetting::BrushSize, qRound(toolBox_.diameter()),
                              qRound(ToolBox::kMinDiameter), qRound(ToolBox::kMaxDiameter)));
    toolBox_.setTolerance(kept(WorkSetting::WandTolerance, toolBox_.tolerance(), 0, ToolBox::kMaxTolerance));
    const int labels = kept(WorkSetting::LabelOpacity, percentOf(resultDock_.labelOpacity()), 0, 100);
    const int prediction =
        kept(WorkSetting::PredictionOpacity, percentOf(resultDock_.predictionOpacity()), 0, 100);
    resultDock_.setOpacities(labels / 100.0, prediction / 100.0);
}

void KeptTools::save() {
    settled_.stop();
    if (isKept(toolBox_.kind()))
        preferences_.setWorkSetting(WorkSetting::Tool, static_cast<int>(toolBox_.kind()));
    preferences_.setWorkSetting(WorkSetting::BrushSize, qRound(toolBox_.diameter()));
    preferences_.setWorkSetting(WorkSetting::WandTolerance, toolBox_.tolerance());
    preferences_.setWorkSetting(WorkSetting::LabelOpacity, percentOf(resultDock_.labelOpacity()));
    preferences_.setWorkSetting(WorkSetting::PredictionOpacity, percentOf(resultDock_.predictionOpacity()));
}

}  // namespace finebrush
