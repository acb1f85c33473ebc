#pragma once

#include "core/base/error.h"
#include "ui/docks/notice.h"
#include "ui/tools/tool_box.h"

#include <QMainWindow>

class QLabel;

namespace finebrush {

class ActiveTool;
class AdaptDock;
class CanvasView;
class ChartsDock;
class ClassesDock;
class ClassKeys;
class DisplayDock;
class EmptyHint;
class EngineLog;
class ImagesDock;
class KeptTools;
class MainActions;
class MainMenus;
class NoticesDock;
class NoticeToast;
class Preferences;
class ProjectFiles;
class ResultDock;
class SessionBridge;
class StepHint;

/// The window: puts canvas, tools, docks and menus together.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    MainWindow(SessionBridge& bridge, Preferences& preferences, const EngineLog& engineLog);

    /// Opens images, folders and projects by path, and mentions what earlier runs left unsaved; without any,
    /// offers it.
    void start(const QStringList& paths);

  protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    /// A full screen is for the image, tools and menus; the panels come back afterwards.
    void followFullScreen();
    void buildCentre();
    void arrangeDocks();
    void connectFiles();
    void connectEditing();
    void connectView();
    void connectEngine();
    void connectNotices();
    void followKeys();
    void restoreLayout();
    void retranslate();
    /// The texts of all that the window holds.
    void retranslateAll();

    /// Closes the window without asking.
    void leave();
    void followSession();
    void followReadOnly();
    void showNotice(const SeenNotice& notice);
    void showDetails(const SeenNotice& notice);
    void stepThroughPanels(int step);
    void showPreferences();
    void showKeys();
    void showFirstSteps();
    void showAbout();
    /// A page of rich text that does not block.
    void showPage(const char* objectName, const QString& title, const QString& text);

    SessionBridge& bridge_;
    Preferences& preferences_;
    const EngineLog& engineLog_;
    ToolBox* toolBox_;
    ActiveTool* activeTool_;
    MainActions* actions_;
    MainMenus* menus_;
    ClassKeys* classKeys_ = nullptr;
    ProjectFiles* files_;
    CanvasView* canvas_;
    EmptyHint* emptyHint_;
    StepHint* stepHint_;
    NoticeToast* toast_ = nullptr;
    ImagesDock* imagesDock_;
    DisplayDock* displayDock_;
    ClassesDock* classesDock_;
    AdaptDock* adaptDock_;
    ResultDock* resultDock_;
    ChartsDock* chartsDock_;
    NoticesDock* noticesDock_;
    KeptTools* keptTools_ = nullptr;
    bool isReadOnly_ = false;                ///< as the texts say
    ToolKind kindBefore_ = ToolKind::Brush;  ///< of before a project that is only looked at
    bool isLeaving_ = false;                 ///< all is saved, or the person does not mind
    QByteArray besideFullScreen_;            ///< the panels' places while the screen is full
};

}  // namespace finebrush
