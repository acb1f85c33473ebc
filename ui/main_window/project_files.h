#pragma once

#include "ui/bridge/session_bridge.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

class QFileDialog;
class QPushButton;
class QWidget;

namespace finebrush {

class Preferences;
class RecoveryDialog;
class SaveGuard;

/// Files in and out of the project: asks for their names, and hands them to the session. No dialog blocks.
class ProjectFiles : public QObject {
    Q_OBJECT

  public:
    ProjectFiles(SessionBridge& bridge, Preferences& preferences, QWidget& window);

    /// Opens what was dropped or named on the command line: a project, a folder with images and perhaps
    /// labels as a new project, or images, labels and, of several folders, their images.
    void openPaths(const QStringList& paths);
    /// What becomes of projects that earlier runs left behind unsaved, once they are found: they are offered
    /// where nothing else was begun, only mentioned, or listed, though there be none.
    enum class Recovery { Offer, Mention, List };
    void lookForUnsaved(Recovery recovery);
    /// Starts a project whose classes have names in the language of the window.
    void startNew();
    /// New classes that nobody named are called by the language of the window.
    void followLanguage();
    /// What asks before the project of now is left.
    SaveGuard& guard() { return *guard_; }

    void askForImages();
    void askForFolder();
    void askForProject();
    void askForMovedImages();
    void save();
    QFileDialog* askForSavePath();
    void askForMasksFolder();
    void askForOverlaysFolder(double opacity);
    void askForCocoFile();
    void askForLabelmeFolder();
    void askForGridFolder(GridFormat format);
    void askForAdapterFolder();
    void askForAdapter();
    /// Asks for the adapter that an adaptation is to start from, and calls back with its folder.
    void askForStart(const std::function<void(const std::filesystem::path&)>& chosen);
    void askForStatisticsFile();
    void askForCurvesFile();
    void askForLabels();
    void askForClassList();
    void askForClassListFile();

  signals:
    /// Something that the person should know.
    void noticed(const finebrush::Error& error);

  private:
    void openFolder(const std::filesystem::path& folder);
    void openProject(const QString& path);
    /// A dialog that begins where it was used last, at first beside the image.
    QFileDialog* makeDialog(const char* objectName, const QString& title);
    QString folderOfImage() const;
    /// Asks for a folder and calls back with it.
    void askForFolder(const char* objectName, const QString& title,
                      const std::function<void(const std::filesystem::path&)>& chosen);
    /// Asks for a file to write and calls back with it; the ending is that of the `suggested` name. `kind`
    /// holds the place of the ending.
    void askForFile(const char* objectName, const QString& title, const QString& kind,
                    const QString& suggested,
                    const std::function<void(const std::filesystem::path&)>& chosen);
    void onRecoverableFound(const RecoverableFound& found);
    void listUnsaved(const RecoverableFound& found);
    void confirmDiscard(const std::filesystem::path& project);
    /// Asks before something is lost; the button that agrees.
    QPushButton* confirm(const char* objectName, const QString& title, const QString& text,
                         const char* buttonName, const QString& buttonText);
    void rememberSaved(const JobFinished& job);
    void askToReplace(const ReplaceWanted& wanted);
    /// Imports labels, and asks first what becomes of those that are painted already.
    void importLabels(const std::vector<std::filesystem::path>& files);

    SessionBridge& bridge_;
    Preferences& preferences_;
    QWidget& window_;
    Recovery recovery_ = Recovery::Offer;
    int searches_ = 0;  ///< for unsaved projects that have not ended
    QPointer<RecoveryDialog> unsaved_;
    SaveGuard* guard_;
};

}  // namespace finebrush
