#include "ui/main_window/commands/main_menus.h"

#include "ui/main_window/commands/main_actions.h"
#include "ui/settings/preferences.h"

#include <QFileInfo>
#include <QMainWindow>
#include <QMenuBar>

#include <optional>

namespace finebrush {

namespace {

QMenu* makeMenu(QMenuBar* bar, const char* objectName) {
    auto* menu = new QMenu(bar);
    menu->setObjectName(QLatin1String(objectName));
    menu->setToolTipsVisible(true);
    bar->addMenu(menu);
    return menu;
}

/// Adds commands in their order; an empty place is a separator.
void fill(QMenu& menu, const MainActions& actions, std::initializer_list<std::optional<Command>> commands) {
    for (const std::optional<Command>& command : commands) {
        if (command) {
            menu.addAction(&actions[*command]);
        } else {
            menu.addSeparator();
        }
    }
}

constexpr std::nullopt_t kSeparator = std::nullopt;

}  // namespace

MainMenus::MainMenus(QMainWindow& window, const MainActions& actions, const Preferences& preferences)
    : QObject(&window),
      preferences_(preferences),
      file_(makeMenu(window.menuBar(), "FileMenu")),
      recent_(new QMenu(file_)),
      import_(new QMenu(file_)),
      export_(new QMenu(file_)),
      edit_(makeMenu(window.menuBar(), "EditMenu")),
      classes_(new QMenu(edit_)),
      tools_(makeMenu(window.menuBar(), "ToolsMenu")),
      view_(makeMenu(window.menuBar(), "ViewMenu")),
      zoom_(new QMenu(view_)),
      linked_(new QMenu(view_)),
      slices_(new QMenu(view_)),
      panels_(new QMenu(view_)),
      adapt_(makeMenu(window.menuBar(), "AdaptMenu")),
      help_(makeMenu(window.menuBar(), "HelpMenu")) {
    recent_->setObjectName(QStringLiteral("RecentMenu"));
    fill(*file_, actions,
         {Command::NewProject, Command::OpenImages, Command::OpenFolder, Command::OpenProject});
    file_->addMenu(recent_);
    fill(*file_, actions,
         {Command::RecoverWork, Command::FindImages, kSeparator, Command::Save, Command::SaveAs, kSeparator});
    import_->setObjectName(QStringLiteral("ImportMenu"));
    import_->setToolTipsVisible(true);
    fill(*import_, actions, {Command::ImportLabels, Command::ImportClasses, Command::ImportAdapter});
    file_->addMenu(import_);
    export_->setObjectName(QStringLiteral("ExportMenu"));
    export_->setToolTipsVisible(true);
    for (const Command command : kExportCommands) export_->addAction(&actions[command]);
    file_->addMenu(export_);
    fill(*file_, actions, {kSeparator, Command::Quit});
    fill(*edit_, actions,
         {Command::Undo, Command::Redo, kSeparator, Command::AddClass, Command::RenameClass,
          Command::LockClass, Command::HideClass, Command::SwapClass, Command::MoveClassUp,
          Command::MoveClassDown});
    classes_->setObjectName(QStringLiteral("ClassesMenu"));
    for (int digit = 1; digit <= kClassCommands; ++digit)
        classes_->addAction(&actions[classCommand(digit % kClassCommands)]);
    edit_->addMenu(classes_);
    fill(*edit_, actions,
         {kSeparator, Command::FillHoles, Command::RemoveIslands, Command::GrowClass, Command::ShrinkClass,
          Command::ClearLabels, kSeparator, Command::CopyFromPrevious, Command::CopyFromNext,
          Command::Interpolate, Command::TakeCrossLabels, kSeparator, Command::Preferences,
          Command::EditKeys});
    for (const Command command : kToolCommands) tools_->addAction(&actions[command]);
    fill(*tools_, actions,
         {kSeparator, Command::LargerBrush, Command::SmallerBrush, Command::PressureSizes, kSeparator,
          Command::PressTool, Command::PressRight, kSeparator, Command::OnlyUnlabelled,
          Command::OnlyOverClass});
    fill(*view_, actions, {Command::Fit});
    view_->addMenu(zoom_);
    fill(*view_, actions,
         {Command::GoTo, Command::TurnRight, Command::TurnLeft, kSeparator, Command::ToggleOverlay,
          Command::ShowCrossLabels, Command::HatchClasses, Command::CompareOverlay,
          Command::ComparePrediction, Command::SideBySide});
    view_->addMenu(linked_);
    fill(*view_, actions,
         {kSeparator, Command::ShowMinimap, Command::ShowScaleBar, Command::ShowGrid, kSeparator,
          Command::PreviousImage, Command::NextImage, kSeparator, Command::PreviousSlice, Command::NextSlice,
          Command::PreviousFrame, Command::NextFrame});
    view_->addMenu(slices_);
    view_->addSeparator();
    view_->addMenu(panels_);
    fill(*panels_, actions, {Command::NextPanel, Command::PreviousPanel, kSeparator});
    fill(*view_, actions, {Command::FullScreen});
    zoom_->setObjectName(QStringLiteral("ZoomMenu"));
    zoom_->setToolTipsVisible(true);
    fill(*zoom_, actions,
         {Command::ZoomIn, Command::ZoomOut, kSeparator, Command::ZoomHalf, Command::ActualSize,
          Command::ZoomTwice, Command::ZoomFourfold, Command::ZoomEightfold});
    linked_->setObjectName(QStringLiteral("LinkedViewsMenu"));
    linked_->setToolTipsVisible(true);
    fill(*linked_, actions,
         {Command::SecondShowsImage, Command::SecondShowsLabels, Command::SecondShowsPrediction,
          Command::SecondShowsEarlier, Command::ThreeViews, kSeparator, Command::SecondByShape,
          Command::SecondBeside, Command::SecondBelow, kSeparator, Command::SideBySide});
    panels_->setObjectName(QStringLiteral("PanelsMenu"));
    slices_->setObjectName(QStringLiteral("SlicesMenu"));
    slices_->setToolTipsVisible(true);
    fill(*slices_, actions, {Command::AxialView, Command::CoronalView, Command::SagittalView});
    fill(*adapt_, actions,
         {Command::Adapt, Command::PauseOrResume, Command::Stop, kSeparator, Command::ShowDoubt,
          Command::NextDoubt, kSeparator, Command::Accept});
    fill(*help_, actions,
         {Command::FirstSteps, Command::FindCommand, Command::EditKeys, kSeparator, Command::About});
    connect(&preferences_, &Preferences::recentProjectsChanged, this, &MainMenus::fillRecent);
    fillRecent();
    retranslate();
}

void MainMenus::fillRecent() {
    recent_->clear();
    for (const QString& path : preferences_.recentProjects()) {
        QAction* action = recent_->addAction(QFileInfo(path).completeBaseName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { emit recentProjectChosen(path); });
    }
    recent_->setToolTipsVisible(true);
    recent_->setEnabled(!recent_->isEmpty());
}

void MainMenus::retranslate() {
    file_->setTitle(tr("&File"));
    recent_->setTitle(tr("&Recent projects"));
    import_->setTitle(tr("&Import"));
    export_->setTitle(tr("&Export"));
    edit_->setTitle(tr("&Edit"));
    classes_->setTitle(tr("Ch&oose a class"));
    tools_->setTitle(tr("&Tools"));
    view_->setTitle(tr("&View"));
    zoom_->setTitle(tr("&Zoom"));
    linked_->setTitle(tr("&Views side by side"));
    panels_->setTitle(tr("P&anels"));
    slices_->setTitle(tr("&Slices of the volume"));
    adapt_->setTitle(tr("&Adapt"));
    help_->setTitle(tr("&Help"));
}

}  // namespace finebrush
