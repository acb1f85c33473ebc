#include "ui/main_window/project_files.h"

#include "core/base/image_endings.h"
#include "core/base/project_file_name.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/recovery_dialog.h"
#include "ui/main_window/save_guard.h"
#include "ui/settings/preferences.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace finebrush {

namespace {

constexpr QSize kDialogSize{900, 560};

QString projectPattern() {
    return QLatin1Char('*') + QLatin1String(kProjectExtension);
}

QString imagePatterns() {
    QStringList patterns;
    for (const std::string_view ending : kImageEndings)
        patterns << QLatin1Char('*') + QLatin1String(ending.data(), static_cast<qsizetype>(ending.size()));
    return patterns.join(QLatin1Char(' '));
}

/// True for what cannot be an image.
bool holdsOnlyLabels(const QFileInfo& file) {
    static const QStringList kEndings = {QStringLiteral("json"), QStringLiteral("geojson"),
                                         QStringLiteral("gpkg"), QStringLiteral("shp")};
    return kEndings.contains(file.suffix().toLower());
}

}  // namespace

ProjectFiles::ProjectFiles(SessionBridge& bridge, Preferences& preferences, QWidget& window)
    : QObject(&window),
      bridge_(bridge),
      preferences_(preferences),
      window_(window),
      guard_(new SaveGuard(
          bridge, [this] { return askForSavePath(); }, window)) {
    connect(&bridge_, &SessionBridge::jobFinished, this, &ProjectFiles::rememberSaved);
    connect(&bridge_, &SessionBridge::replaceWanted, this, &ProjectFiles::askToReplace);
    connect(&bridge_, &SessionBridge::recoverableFound, this, &ProjectFiles::onRecoverableFound);
}

void ProjectFiles::openPaths(const QStringList& paths) {
    std::vector<std::filesystem::path> images, labels;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (info.isDir() && paths.size() == 1) {
            openFolder(toPath(info.absoluteFilePath()));
        } else if (info.fileName().endsWith(QLatin1String(kProjectExtension))) {
            openProject(info.absoluteFilePath());
        } else if (holdsOnlyLabels(info)) {
            labels.push_back(toPath(info.absoluteFilePath()));
        } else {
            images.push_back(toPath(info.absoluteFilePath()));
        }
    }
    if (!labels.empty()) importLabels(labels);
    if (!images.empty()) bridge_.session().addImages(images);
}

void ProjectFiles::startNew() {
    bridge_.session().newProject();
}

void ProjectFiles::followLanguage() {
    bridge_.session().setClassNaming({tr("Background").toStdString(), tr("Class %1").toStdString()});
}

void ProjectFiles::openFolder(const std::filesystem::path& folder) {
    guard_->whenSafe([this, folder] { bridge_.session().importFolder(folder); });
}

void ProjectFiles::openProject(const QString& path) {
    guard_->whenSafe([this, path] {
        bridge_.session().openProject(toPath(path));
        preferences_.addRecentProject(path);
    });
}

void ProjectFiles::lookForUnsaved(Recovery recovery) {
    recovery_ = recovery;
    ++searches_;
    bridge_.session().findRecoverable();
}

void ProjectFiles::onRecoverableFound(const RecoverableFound& found) {
    if (--searches_ > 0) return;  // the newest search knows more
    if (recovery_ == Recovery::List) return listUnsaved(found);
    if (found.projects.empty()) return;
    // The person may have begun something else meanwhile.
    const bool hasBegun = recovery_ == Recovery::Mention || !bridge_.session().images().empty();
    if (!hasBegun) return listUnsaved(found);
    emit noticed({ErrorCode::UnsavedWorkFound, {std::to_string(found.projects.size())}, {}});
}

void ProjectFiles::listUnsaved(const RecoverableFound& found) {
    if (unsaved_) unsaved_->close();
    unsaved_ = new RecoveryDialog(found.projects, &window_);
    connect(unsaved_, &RecoveryDialog::openRequested, this, [this](const std::filesystem::path& file) {
        guard_->whenSafe([this, file] { bridge_.session().openProject(file); });
    });
    connect(unsaved_, &RecoveryDialog::deletionRequested, this, &ProjectFiles::confirmDiscard);
    unsaved_->open();
}

void ProjectFiles::confirmDiscard(const std::filesystem::path& project) {
    QPushButton* discard = confirm("DiscardQuestion", tr("Delete the project"),
                                   tr("Delete the unsaved project and all its labels for good?"),
                                   "DiscardForGood", tr("Delete for good"));
    connect(discard, &QPushButton::clicked, this, [this, project] {
        bridge_.session().discardRecoverable(project);
        if (unsaved_) unsaved_->remove(project);
    });
}

QPushButton* ProjectFiles::confirm(const char* objectName, const QString& title, const QString& text,
                                   const char* buttonName, const QString& buttonText) {
    auto* question = new QMessageBox(QMessageBox::Warning, title, text, QMessageBox::Cancel,
                                     unsaved_ ? unsaved_.data() : &window_);
    question->setObjectName(QLatin1String(objectName));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* button = question->addButton(buttonText, QMessageBox::DestructiveRole);
    button->setObjectName(QLatin1String(buttonName));
    question->setDefaultButton(QMessageBox::Cancel);
    question->open();
    return button;
}

QFileDialog* ProjectFiles::makeDialog(const char* objectName, const QString& title) {
    auto* dialog = new QFileDialog(&window_, title);
    dialog->setObjectName(QLatin1String(objectName));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString used = preferences_.usedFolder(dialog->objectName());
    const QString folder = QFileInfo(used).isDir() ? used : folderOfImage();
    if (!folder.isEmpty()) dialog->setDirectory(folder);
    connect(dialog, &QFileDialog::filesSelected, this, [this, dialog](const QStringList& paths) {
        const QFileInfo first(paths.front());
        const bool isFolder = dialog->fileMode() == QFileDialog::Directory;
        preferences_.setUsedFolder(dialog->objectName(),
                                   isFolder ? first.absoluteFilePath() : first.absolutePath());
    });
    // Where the system has no dialog of its own, Qt's is too narrow for its columns.
    if (const auto* files = dialog->findChild<QTreeView*>(QStringLiteral("treeView"))) {
        files->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
        dialog->resize(kDialogSize);
    }
    return dialog;
}

QString ProjectFiles::folderOfImage() const {
    const auto shown = bridge_.session().shownImage();
    for (const ImageEntry& entry : bridge_.session().images()) {
        if (!shown || entry.id == shown->id) return toQString(entry.path.parent_path());
    }
    return {};
}

void ProjectFiles::askForImages() {
    QFileDialog* dialog = makeDialog("OpenImagesDialog", tr("Open images"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    // Scanners write DICOM files whose names have no ending.
    dialog->setNameFilters({tr("All files (*)"), tr("Images (%1)").arg(imagePatterns())});
    connect(dialog, &QFileDialog::filesSelected, this, &ProjectFiles::openPaths);
    dialog->open();
}

void ProjectFiles::askForFolder() {
    askForFolder("OpenFolderDialog", tr("Open a folder with images and labels"),
                 [this](const std::filesystem::path& folder) { openFolder(folder); });
}

void ProjectFiles::askForMovedImages() {
    askForFolder("FindImagesDialog", tr("Look for missing images in a folder"),
                 [this](const std::filesystem::path& folder) { bridge_.session().locateImages(folder); });
}

void ProjectFiles::askForProject() {
    QFileDialog* dialog = makeDialog("OpenProjectDialog", tr("Open project"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Finebrush projects (%1)").arg(projectPattern()));
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectFiles::openProject);
    dialog->open();
}

void ProjectFiles::save() {
    const std::filesystem::path path = bridge_.session().projectPath();
    if (path.empty()) {
        askForSavePath();
    } else {
        bridge_.session().saveProjectAs(path);
    }
}

QFileDialog* ProjectFiles::askForSavePath() {
    QFileDialog* dialog = makeDialog("SaveProjectDialog", tr("Save project"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QLatin1String(kProjectExtension));
    dialog->setNameFilter(tr("Finebrush projects (%1)").arg(projectPattern()));
    if (const std::filesystem::path original = bridge_.session().copiedFrom(); !original.empty())
        dialog->selectFile(tr("%1 (copy)").arg(toQString(original.stem())) +
                           QLatin1String(kProjectExtension));
    else if (const std::vector<ImageEntry>& images = bridge_.session().images(); !images.empty())
        dialog->selectFile(toQString(images.front().path.parent_path().filename()) +
                           QLatin1String(kProjectExtension));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { bridge_.session().saveProjectAs(toPath(path)); });
    dialog->open();
    return dialog;
}

void ProjectFiles::askForFolder(const char* objectName, const QString& title,
                                const std::function<void(const std::filesystem::path&)>& chosen) {
    QFileDialog* dialog = makeDialog(objectName, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [chosen](const QString& path) { chosen(toPath(path)); });
    dialog->open();
}

void ProjectFiles::askForMasksFolder() {
    askForFolder("ExportMasksDialog", tr("Export masks to a folder"),
                 [this](const std::filesystem::path& folder) { bridge_.session().exportMasks(folder); });
}

void ProjectFiles::askForOverlaysFolder(double opacity) {
    askForFolder("ExportOverlaysDialog", tr("Export overlays to a folder"),
                 [this, opacity](const std::filesystem::path& folder) {
                     bridge_.session().exportOverlays(folder, opacity);
                 });
}

void ProjectFiles::askForFile(const char* objectName, const QString& title, const QString& kind,
                              const QString& suggested,
                              const std::function<void(const std::filesystem::path&)>& chosen) {
    const QString suffix = QFileInfo(suggested).suffix();
    QFileDialog* dialog = makeDialog(objectName, title);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(kind.arg(QStringLiteral("*.") + suffix));
    dialog->selectFile(suggested);
    connect(dialog, &QFileDialog::fileSelected, this,
            [chosen](const QString& path) { chosen(toPath(path)); });
    dialog->open();
}

void ProjectFiles::askForCocoFile() {
    askForFile("ExportCocoDialog", tr("Export a COCO file"), tr("COCO files (%1)"),
               QStringLiteral("annotations.json"),
               [this](const std::filesystem::path& file) { bridge_.session().exportCoco(file); });
}

void ProjectFiles::askForStatisticsFile() {
    askForFile("ExportStatisticsDialog", tr("Export the class statistics"), tr("Tables (%1)"),
               QStringLiteral("class_statistics.csv"),
               [this](const std::filesystem::path& file) { bridge_.session().exportStatistics(file); });
}

void ProjectFiles::askForCurvesFile() {
    askForFile("ExportCurvesDialog", tr("Export the learning curves"), tr("Tables (%1)"),
               QStringLiteral("learning_curves.csv"),
               [this](const std::filesystem::path& file) { bridge_.session().exportCurves(file); });
}

void ProjectFiles::askForLabelmeFolder() {
    askForFolder("ExportLabelmeDialog", tr("Export labelme files to a folder"),
                 [this](const std::filesystem::path& folder) { bridge_.session().exportLabelme(folder); });
}

void ProjectFiles::askForGridFolder(GridFormat format) {
    askForFolder("ExportOnGridDialog", tr("Export labels to a folder"),
                 [this, format](const std::filesystem::path& folder) {
                     bridge_.session().exportOnGrid(folder, format);
                 });
}

void ProjectFiles::askForAdapterFolder() {
    askForFolder("ExportAdapterDialog", tr("Export the adapter to a folder"),
                 [this](const std::filesystem::path& folder) { bridge_.session().exportAdapter(folder); });
}

void ProjectFiles::askForAdapter() {
    askForFolder("ImportAdapterDialog", tr("Import an adapter from a folder"),
                 [this](const std::filesystem::path& folder) { bridge_.session().importAdapter(folder); });
}

void ProjectFiles::askForStart(const std::function<void(const std::filesystem::path&)>& chosen) {
    askForFolder("StartAdapterDialog", tr("Start from the adapter of a folder"), chosen);
}

void ProjectFiles::askForLabels() {
    QFileDialog* dialog = makeDialog("ImportLabelsDialog", tr("Import labels"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Labels (%1)")
             .arg(QStringLiteral(
                 "*.png *.tif *.tiff *.bmp *.nii *.nii.gz *.dcm *.dicom *.json *.geojson *.gpkg *.shp")),
         tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        std::vector<std::filesystem::path> files;
        for (const QString& path : paths) files.push_back(toPath(path));
        importLabels(files);
    });
    dialog->open();
}

void ProjectFiles::importLabels(const std::vector<std::filesystem::path>& files) {
    Session& session = bridge_.session();
    const bool isPainted = std::ranges::any_of(
        session.images(), [](const ImageEntry& image) { return image.labelledPixels > 0; });
    if (!isPainted || session.isReadOnly()) return session.importLabels(files);
    auto* question =
        new QMessageBox(QMessageBox::Question, tr("Import labels"),
                        tr("Images of this project have labels already. Where may the imported labels go?"),
                        QMessageBox::Cancel, &window_);
    question->setObjectName(QStringLiteral("ImportQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* name, const QString& text, QMessageBox::ButtonRole role,
                         PaintOver over) {
        QPushButton* button = question->addButton(text, role);
        button->setObjectName(QLatin1String(name));
        connect(button, &QPushButton::clicked, this,
                [this, files, over] { bridge_.session().importLabels(files, over); });
        return button;
    };
    add("ReplacePainted", tr("Replace what is painted"), QMessageBox::DestructiveRole, PaintOver::Everything);
    question->setDefaultButton(add("OnlyUnpainted", tr("Only where nothing is painted"),
                                   QMessageBox::AcceptRole, PaintOver::Unlabelled));
    question->open();
}

void ProjectFiles::askForClassList() {
    QFileDialog* dialog = makeDialog("ImportClassesDialog", tr("Import a class list"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Class lists (%1)").arg(QStringLiteral("*.json *.txt *.label *.qml")), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { bridge_.session().importClasses(toPath(path)); });
    dialog->open();
}

void ProjectFiles::askForClassListFile() {
    QFileDialog* dialog = makeDialog("ExportClassesDialog", tr("Export the class list"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const std::array filters = {std::pair(tr("JSON (%1)"), QStringLiteral("json")),
                                std::pair(tr("ITK-SNAP labels (%1)"), QStringLiteral("label")),
                                std::pair(tr("CVAT label map (%1)"), QStringLiteral("txt")),
                                std::pair(tr("QGIS colours (%1)"), QStringLiteral("qml"))};
    QStringList names;
    for (const auto& [text, ending] : filters) names << text.arg(QStringLiteral("*.") + ending);
    dialog->setNameFilters(names);
    const auto useEnding = [dialog, names, filters](const QString& name) {
        const qsizetype place = std::max<qsizetype>(names.indexOf(name), 0);
        dialog->setDefaultSuffix(filters[static_cast<size_t>(place)].second);
    };
    useEnding(names.front());
    connect(dialog, &QFileDialog::filterSelected, this, useEnding);
    dialog->selectFile(QStringLiteral("classes"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { bridge_.session().exportClasses(toPath(path)); });
    dialog->open();
}

void ProjectFiles::askToReplace(const ReplaceWanted& wanted) {
    const QFileInfo first(toQString(wanted.files.front()));
    const QString folder = QDir::toNativeSeparators(first.absolutePath());
    const QString text = wanted.files.size() == 1
                             ? tr("“%1” is in %2 already. Replace it?").arg(first.fileName(), folder)
                             : tr("%1 files with the names of this export are in %2 already. Replace them?")
                                   .arg(wanted.files.size())
                                   .arg(folder);
    QPushButton* replace = confirm("ReplaceQuestion", tr("Replace files"), text, "Replace", tr("Replace"));
    connect(replace, &QPushButton::clicked, this, [goOn = wanted.replace] { goOn(); });
}

void ProjectFiles::rememberSaved(const JobFinished& job) {
    if (job.kind != JobFinished::Kind::SavedProject || job.files.empty()) return;
    preferences_.addRecentProject(toQString(job.files.front()));
}

}  // namespace finebrush
