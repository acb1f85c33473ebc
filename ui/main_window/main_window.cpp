#include "ui/main_window/main_window.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/engine_log.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/overlays/empty_hint.h"
#include "ui/canvas/overlays/minimap.h"
#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/details_dialog.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/docks/adapt/adapt_dock.h"
#include "ui/docks/charts_dock.h"
#include "ui/docks/classes_dock.h"
#include "ui/docks/display_dock.h"
#include "ui/docks/images/images_dock.h"
#include "ui/docks/notices_dock.h"
#include "ui/docks/result_dock.h"
#include "ui/keys/key_map.h"
#include "ui/keys/key_text.h"
#include "ui/keys/keys_dialog.h"
#include "ui/main_window/canvas_binding.h"
#include "ui/main_window/commands/class_keys.h"
#include "ui/main_window/commands/editing_actions.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/main_window/commands/main_menus.h"
#include "ui/main_window/commands/main_toolbar.h"
#include "ui/main_window/commands/review_commands.h"
#include "ui/main_window/commands/slice_commands.h"
#include "ui/main_window/commands/view_actions.h"
#include "ui/main_window/doubt_guide.h"
#include "ui/main_window/kept_tools.h"
#include "ui/main_window/panel_focus.h"
#include "ui/main_window/project_files.h"
#include "ui/main_window/save_guard.h"
#include "ui/main_window/side_by_side.h"
#include "ui/main_window/status/notice_toast.h"
#include "ui/main_window/status/slice_bar.h"
#include "ui/main_window/status/status_line.h"
#include "ui/main_window/status/step_hint.h"
#include "ui/main_window/three_planes.h"
#include "ui/main_window/window_drag.h"
#include "ui/settings/preferences.h"
#include "ui/tools/active_tool.h"
#include "ui/tools/tool_box.h"

#include <QApplication>
#include <QCloseEvent>
#include <QGridLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace finebrush {

namespace {

constexpr QSize kFirstSize{1280, 800};
constexpr QSize kFrameAllowance{8, 40};  // the window manager's frame is not known before the window is shown
constexpr int kLeftWidth = 220;
constexpr int kRightWidth = 290;
constexpr int kBottomHeight = 210;
/// Exports that are offered where they fit the image on the screen.
constexpr std::array kGridExports = {
    std::pair(Command::ExportGeoTiff, GridFormat::GeoTiff),
    std::pair(Command::ExportGeoPackage, GridFormat::GeoPackage),
    std::pair(Command::ExportGeoJson, GridFormat::GeoJson),
    std::pair(Command::ExportLabelVolume, GridFormat::LabelVolume),
    std::pair(Command::ExportLabelVolumeWithUnlabelled, GridFormat::LabelVolumeWithUnlabelled),
    std::pair(Command::ExportSegmentation, GridFormat::Segmentation),
    std::pair(Command::ExportSegmentationOfPatient, GridFormat::SegmentationOfPatient)};

}  // namespace

MainWindow::MainWindow(SessionBridge& bridge, Preferences& preferences, const EngineLog& engineLog)
    : bridge_(bridge),
      preferences_(preferences),
      engineLog_(engineLog),
      toolBox_(new ToolBox(this)),
      activeTool_(new ActiveTool(bridge.session(), *toolBox_, this)),
      actions_(new MainActions(this)),
      menus_(new MainMenus(*this, *actions_, preferences)),
      files_(new ProjectFiles(bridge, preferences, *this)),
      canvas_(new CanvasView),
      emptyHint_(new EmptyHint(preferences, (*actions_)[Command::EditKeys], canvas_)),
      stepHint_(new StepHint(preferences, (*actions_)[Command::EditKeys])),
      imagesDock_(new ImagesDock(bridge, this)),
      displayDock_(new DisplayDock(bridge, this)),
      classesDock_(new ClassesDock(bridge, *toolBox_, this)),
      adaptDock_(new AdaptDock(bridge, preferences, this)),
      resultDock_(new ResultDock(bridge, this)),
      chartsDock_(new ChartsDock(bridge, this)),
      noticesDock_(new NoticesDock(this)) {
    setObjectName(QStringLiteral("MainWindow"));
    setAcceptDrops(true);
    bindCanvas(*canvas_, bridge_, *toolBox_, *activeTool_, *resultDock_);
    buildCentre();
    addToolBar(new MainToolBar(*actions_, bridge_, *toolBox_, this));
    auto* statusLine = new StatusLine(bridge_, *canvas_, *toolBox_, this);
    setStatusBar(statusLine);
    connect(activeTool_, &ActiveTool::sketchChanged, statusLine,
            [statusLine](const std::optional<ToolSketch>& sketch) {
                statusLine->showMeasured(sketch ? sketch->caption : QString());
            });
    arrangeDocks();
    connectFiles();
    connectEditing();
    connectView();
    connectEngine();
    connectNotices();
    restoreLayout();
    followKeys();
    followSession();
    keptTools_ = new KeptTools(*toolBox_, *resultDock_, preferences_, this);
    canvas_->setFocus();  // the keys are for it first, wherever the mouse is
}

// ---- putting it together ----

void MainWindow::buildCentre() {
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(stepHint_);
    stepHint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // no window is wide for it
    auto* views = new SideBySide(*canvas_, *actions_, (*menus_)[Menu::Linked], bridge_, preferences_);
    auto* planes = new ThreePlanes(*views, *canvas_, *actions_, bridge_, preferences_, *resultDock_);
    layout->addWidget(planes, 1);
    layout->addWidget(new SliceBar(bridge_));
    setCentralWidget(centre);
    toast_ = new NoticeToast(*planes, centre);
    auto* over = new QGridLayout(canvas_);
    over->addWidget(emptyHint_);
    canvas_->addActions(actions_->with(CommandEntry::OnCanvas));
}

void MainWindow::arrangeDocks() {
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    addDockWidget(Qt::LeftDockWidgetArea, imagesDock_);
    tabifyDockWidget(imagesDock_, displayDock_);
    for (QDockWidget* dock : std::initializer_list<QDockWidget*>{classesDock_, adaptDock_, resultDock_}) {
        addDockWidget(Qt::RightDockWidgetArea, dock);
    }
    addDockWidget(Qt::BottomDockWidgetArea, chartsDock_);
    tabifyDockWidget(chartsDock_, noticesDock_);
    tabifyDockWidget(adaptDock_, resultDock_);
    // Their tabs name them: a title above would say it twice.
    for (QDockWidget* dock :
         std::initializer_list<QDockWidget*>{imagesDock_, displayDock_, chartsDock_, noticesDock_}) {
        dock->setTitleBarWidget(new QWidget(dock));
    }
    imagesDock_->raise();
    chartsDock_->raise();
    adaptDock_->raise();
    resizeDocks({imagesDock_, classesDock_}, {kLeftWidth, kRightWidth}, Qt::Horizontal);
    resizeDocks({classesDock_, adaptDock_}, {190, 520}, Qt::Vertical);
    for (QDockWidget* dock : std::initializer_list<QDockWidget*>{
             imagesDock_, displayDock_, classesDock_, adaptDock_, resultDock_, chartsDock_, noticesDock_}) {
        (*menus_)[Menu::Panels].addAction(dock->toggleViewAction());
    }
}

void MainWindow::connectFiles() {
    const auto on = [this](Command command, auto handler) {
        connect(&(*actions_)[command], &QAction::triggered, this, handler);
    };
    on(Command::NewProject, [this] { files_->guard().whenSafe([this] { files_->startNew(); }); });
    on(Command::FindImages, [this] { files_->askForMovedImages(); });
    on(Command::OpenImages, [this] { files_->askForImages(); });
    on(Command::OpenFolder, [this] { files_->askForFolder(); });
    on(Command::OpenProject, [this] { files_->askForProject(); });
    on(Command::RecoverWork, [this] { files_->lookForUnsaved(ProjectFiles::Recovery::List); });
    on(Command::Save, [this] { files_->save(); });
    on(Command::SaveAs, [this] { files_->askForSavePath(); });
    on(Command::ExportMasks, [this] { files_->askForMasksFolder(); });
    on(Command::ExportOverlays, [this] { files_->askForOverlaysFolder(resultDock_->predictionOpacity()); });
    on(Command::ExportCoco, [this] { files_->askForCocoFile(); });
    on(Command::ExportLabelme, [this] { files_->askForLabelmeFolder(); });
    for (const auto& [command, format] : kGridExports)
        on(command, [this, format] { files_->askForGridFolder(format); });
    on(Command::ExportStatistics, [this] { files_->askForStatisticsFile(); });
    on(Command::ExportAdapter, [this] { files_->askForAdapterFolder(); });
    on(Command::ExportCurves, [this] { files_->askForCurvesFile(); });
    on(Command::ExportClasses, [this] { files_->askForClassListFile(); });
    on(Command::ImportLabels, [this] { files_->askForLabels(); });
    on(Command::ImportClasses, [this] { files_->askForClassList(); });
    on(Command::ImportAdapter, [this] { files_->askForAdapter(); });
    on(Command::Quit, [this] { close(); });
    connect(menus_, &MainMenus::recentProjectChosen, this,
            [this](const QString& path) { files_->openPaths({path}); });
    connect(emptyHint_, &EmptyHint::openRequested, files_, [this] { files_->askForImages(); });
    connect(imagesDock_, &ImagesDock::addRequested, files_, [this] { files_->askForImages(); });
}

void MainWindow::connectEditing() {
    const auto on = [this](Command command, auto handler) {
        connect(&(*actions_)[command], &QAction::triggered, this, handler);
    };
    on(Command::Undo, [this] { bridge_.session().undo(); });
    on(Command::Redo, [this] { bridge_.session().redo(); });
    on(Command::AddClass, [this] { classesDock_->addClass(); });
    on(Command::RenameClass, [this] { classesDock_->renameCurrent(); });
    on(Command::MoveClassUp, [this] { classesDock_->moveCurrent(-1); });
    on(Command::MoveClassDown, [this] { classesDock_->moveCurrent(1); });
    on(Command::PressTool, [this] { canvas_->clickByKey(false); });
    on(Command::PressRight, [this] { canvas_->clickByKey(true); });
    on(Command::Preferences, [this] { showPreferences(); });
    on(Command::EditKeys, [this] { showKeys(); });
    connect(&preferences_, &Preferences::keyProfileChanged, this, &MainWindow::followKeys);
    connect(&preferences_, &Preferences::keyEditsChanged, this, &MainWindow::followKeys);
    new EditingActions(*actions_, bridge_, *toolBox_, preferences_, *this);
    classKeys_ = new ClassKeys(*actions_, bridge_, *toolBox_, *this);
}

void MainWindow::connectView() {
    const auto on = [this](Command command, auto handler) {
        connect(&(*actions_)[command], &QAction::triggered, this, handler);
    };
    on(Command::PreviousImage, [this] { imagesDock_->step(-1); });
    on(Command::NextImage, [this] { imagesDock_->step(1); });
    on(Command::NextPanel, [this] { stepThroughPanels(1); });
    on(Command::PreviousPanel, [this] { stepThroughPanels(-1); });
    on(Command::FullScreen, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    on(Command::FindCommand, [this] { (new CommandPalette(actions_->all(), this))->open(); });
    on(Command::FirstSteps, [this] { showFirstSteps(); });
    on(Command::About, [this] { showAbout(); });
    new SliceCommands(bridge_, *actions_, this);
    new ReviewCommands(bridge_, *actions_, this);
    new WindowDrag(bridge_, *canvas_, this);
    new ViewActions(*actions_, bridge_, preferences_, *canvas_, *new Minimap(*canvas_), *this);
}

void MainWindow::connectEngine() {
    const auto on = [this](Command command, auto handler) {
        connect(&(*actions_)[command], &QAction::triggered, this, handler);
    };
    on(Command::Adapt, [this] { adaptDock_->adapt(); });
    on(Command::PauseOrResume, [this] { adaptDock_->pauseOrResume(); });
    on(Command::Stop, [this] { bridge_.session().stop(); });
    on(Command::PredictAll, [this] { bridge_.session().predictAll(); });
    on(Command::Accept, [this] { resultDock_->accept(); });
    connect(chartsDock_, &ChartsDock::filled, this, [this] {
        if (chartsDock_->height() < kBottomHeight) resizeDocks({chartsDock_}, {kBottomHeight}, Qt::Vertical);
    });
    resultDock_->offer((*actions_)[Command::NextDoubt]);
    new DoubtGuide(*actions_, bridge_, *canvas_, this);
    connect(&bridge_, &SessionBridge::projectChanged, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::imagesChanged, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::imageShown, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::historyChanged, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::runChosen, this, &MainWindow::followSession);
    connect(&bridge_, &SessionBridge::predictionWorkChanged, this,
            [this] { (*actions_)[Command::PredictAll].setEnabled(bridge_.session().canPredictAll()); });
}

void MainWindow::connectNotices() {
    const auto now = [] { return QDateTime::currentDateTime(); };
    const auto showError = [this, now](const Error& error) { showNotice({now(), error}); };
    connect(&bridge_, &SessionBridge::noticed, this, showError);
    connect(files_, &ProjectFiles::noticed, this, showError);
    connect(&bridge_, &SessionBridge::jobFinished, this, [this, now](const JobFinished& job) {
        showNotice({now(), job});
    });
    connect(adaptDock_, &AdaptDock::adaptationWanted, toast_, &QWidget::hide);
    connect(adaptDock_, &AdaptDock::adaptationWanted, adaptDock_, &QWidget::raise);
    connect(adaptDock_, &AdaptDock::startFolderWanted, this, [this] {
        files_->askForStart([this](const std::filesystem::path& folder) { adaptDock_->startFrom(folder); });
    });
    connect(&bridge_, &SessionBridge::adapted, resultDock_, &QWidget::raise);
    connect(toast_, &NoticeToast::detailsRequested, this, &MainWindow::showDetails);
    connect(toast_, &NoticeToast::allRequested, this, [this] {
        noticesDock_->show();
        noticesDock_->raise();
    });
    connect(noticesDock_, &NoticesDock::detailsRequested, this, &MainWindow::showDetails);
}

void MainWindow::restoreLayout() {
    resize(kFirstSize.boundedTo(screen()->availableSize() - kFrameAllowance));
    restoreGeometry(preferences_.windowGeometry());
    besideFullScreen_.clear();  // a geometry of full screen was followed before there were panels to keep
    restoreState(preferences_.windowState());
    resizeDocks({chartsDock_}, {1}, Qt::Vertical);  // as low as it can be: there is nothing to see yet
    followFullScreen();
}

void MainWindow::start(const QStringList& paths) {
    files_->startNew();
    adaptDock_->raise();  // a result of the last time is not that of this one
    if (paths.isEmpty()) {
        files_->lookForUnsaved(ProjectFiles::Recovery::Offer);
    } else {
        files_->openPaths(paths);
        files_->lookForUnsaved(ProjectFiles::Recovery::Mention);
    }
}

// ---- following the session ----

void MainWindow::followSession() {
    const Session& session = bridge_.session();
    const bool hasImages = !session.images().empty();
    const EngineState state = session.engineState();
    const auto enable = [this](Command command, bool enabled) { (*actions_)[command].setEnabled(enabled); };
    enable(Command::Undo, session.canUndo());
    enable(Command::Redo, session.canRedo());
    enable(Command::Adapt, session.canAdapt());
    enable(Command::Stop, session.canStop());
    enable(Command::PauseOrResume, canStop(state));
    enable(Command::PredictAll, session.canPredictAll());
    enable(Command::Accept, session.canAccept());
    for (const Command press : {Command::PressTool, Command::PressRight})
        enable(press, session.shownImage() != nullptr);
    const std::vector<ImageEntry>& images = session.images();
    enable(Command::FindImages, std::any_of(images.begin(), images.end(), [](const ImageEntry& entry) {
               return entry.missing || entry.differs;
           }));
    for (QAction* action : actions_->of(Menu::Export)) action->setEnabled(hasImages);
    for (const auto& [command, format] : kGridExports) {
        enable(command, session.canExportOnGrid(format));
        (*actions_)[command].setVisible(session.canExportOnGrid(format));
    }
    enable(Command::ExportClasses, session.classes().size() > 0);
    enable(Command::ImportLabels, hasImages);
    enable(Command::ImportAdapter, session.canAdapt());
    enable(Command::ExportAdapter, session.canExportAdapter());
    enable(Command::ExportCurves, !session.chosenMetrics().empty());
    for (const Command command : {Command::Save, Command::SaveAs, Command::PreviousImage, Command::NextImage})
        enable(command, hasImages);
    emptyHint_->setVisible(!hasImages);
    stepHint_->follow(session);
    followReadOnly();
    retranslate();
}

void MainWindow::followReadOnly() {
    if (isReadOnly_ == bridge_.session().isReadOnly()) return;
    isReadOnly_ = !isReadOnly_;
    if (isReadOnly_) {
        kindBefore_ = toolBox_->kind();
        toolBox_->setKind(ToolKind::Pan);
    } else if (toolBox_->kind() == ToolKind::Pan) {
        toolBox_->setKind(kindBefore_);
    }
    actions_->setReadOnly(isReadOnly_);
    retranslateAll();
}

void MainWindow::retranslateAll() {
    QEvent textsChanged(QEvent::LanguageChange);
    QApplication::sendEvent(this, &textsChanged);
}

void MainWindow::followKeys() {
    const KeyMap keys = storedKeyMap(preferences_);
    actions_->setKeys(keys);
    canvas_->setUndoKeys(keys.keys(Command::Undo));
    canvas_->setButtonKeys(keys.keys(Command::PressTool), keys.keys(Command::PressRight));
    retranslateAll();  // tool tips all over the window name the keys
}

void MainWindow::stepThroughPanels(int step) {
    finebrush::stepThroughPanels({canvas_, findChild<MainToolBar*>(), imagesDock_, displayDock_, classesDock_,
                                  adaptDock_, resultDock_, chartsDock_, noticesDock_},
                                 step);
}

void MainWindow::showNotice(const SeenNotice& notice) {
    noticesDock_->add(notice);
    toast_->showNotice(notice);
}

void MainWindow::showDetails(const SeenNotice& notice) {
    (new DetailsDialog(notice.text(), notice.detail(), engineLog_.text(), this))->show();
}

void MainWindow::showPreferences() {
    auto* dialog = new PreferencesDialog(preferences_, this);
    connect(dialog, &PreferencesDialog::keysRequested, this, &MainWindow::showKeys);
    dialog->show();
}

void MainWindow::showKeys() {
    (new KeysDialog(*actions_, *menuBar(), preferences_, this))->show();
}

void MainWindow::showFirstSteps() {
    const QStringList steps = {tr("Open images."),
                               tr("Paint a few strokes of two classes; the right button erases."),
                               tr("Press Adapt: the model learns from the strokes and predicts the rest."),
                               tr("Correct where it is wrong, and press Adapt again."),
                               tr("Accept the prediction: it becomes the labels."),
                               tr("Export masks or other files from the File menu.")};
    const QString ways =
        tr("Zoom: the wheel, with Ctrl where it goes through slices. Move the image: the middle button. "
           "Brightness and contrast: Shift and the right button.");
    showPage("FirstStepsDialog", tr("First steps"),
             QStringLiteral("<h3>%1</h3><ol><li>%2</li></ol><p>%3</p>")
                 .arg(tr("First steps"), steps.join(QStringLiteral("</li><li>")), ways));
}

void MainWindow::showAbout() {
    showPage("AboutDialog", tr("About Finebrush"),
             tr("<h3>Finebrush %1</h3><p>Paint a few strokes, adapt the model, and let it do the "
                "rest.</p><p>Images and labels stay on this machine: Finebrush never goes on the "
                "network by itself.</p>")
                 .arg(QApplication::applicationVersion()));
}

void MainWindow::showPage(const char* objectName, const QString& title, const QString& text) {
    auto* page = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Close, this);
    page->setObjectName(QLatin1String(objectName));
    page->setAttribute(Qt::WA_DeleteOnClose);
    page->setIconPixmap(QIcon(QStringLiteral(":/icons/finebrush.svg")).pixmap(64, 64));
    page->open();
}

// ---- events ----

bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride &&
        movesWithin(QApplication::focusWidget(), static_cast<QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return QMainWindow::event(event);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        actions_->retranslate();
        classKeys_->followCommands();
        menus_->retranslate();
        files_->followLanguage();
        retranslate();
    } else if (event->type() == QEvent::WindowStateChange) {
        followFullScreen();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::retranslate() {
    const std::filesystem::path path = bridge_.session().projectPath();
    const std::filesystem::path original = bridge_.session().copiedFrom();
    QString name = path.empty() ? tr("New project") : toQString(path.stem());
    if (!original.empty()) {
        name = (bridge_.session().isReadOnly() ? tr("%1 (read-only)") : tr("%1 (copy)"))
                   .arg(toQString(original.stem()));
    }
    setWindowTitle(tr("%1 – Finebrush").arg(name));
    canvas_->setAccessibleName(tr("Image"));
    const QString press = keysIn(*this, {Command::PressTool});
    canvas_->setAccessibleDescription(
        press.isEmpty()
            ? tr("Arrows move the view, Ctrl and arrows the pointer")
            : tr("Arrows move the view, Ctrl and arrows the pointer; %1 presses the tool").arg(press));
}

void MainWindow::followFullScreen() {
    (*actions_)[Command::FullScreen].setChecked(isFullScreen());
    if (isFullScreen() && besideFullScreen_.isEmpty()) {
        besideFullScreen_ = saveState();
        for (QDockWidget* dock : findChildren<QDockWidget*>()) dock->hide();
    } else if (!isFullScreen() && !besideFullScreen_.isEmpty()) {
        restoreState(std::exchange(besideFullScreen_, {}));
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    keptTools_->save();
    preferences_.setWindowLayout(saveGeometry(),
                                 besideFullScreen_.isEmpty() ? saveState() : besideFullScreen_);
    if (isLeaving_ || files_->guard().isSafe()) {
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    files_->guard().whenSafe([this] { QTimer::singleShot(0, this, &MainWindow::leave); });
}

void MainWindow::leave() {
    isLeaving_ = true;
    close();
    isLeaving_ = false;
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) paths << url.toLocalFile();
    }
    files_->openPaths(paths);
    event->acceptProposedAction();
}

}  // namespace finebrush
