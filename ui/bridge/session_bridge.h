#pragma once

#include "core/session/session.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace finebrush {

/// The session in Qt's terms: its events as signals, on the thread of this object.
class SessionBridge : public QObject {
    Q_OBJECT

  public:
    SessionBridge(EngineLauncher launchEngine, const std::filesystem::path& recoveryFolder,
                  QObject* parent = nullptr);
    ~SessionBridge() override;

    Session& session() { return *session_; }

  signals:
    void projectChanged();
    void imagesChanged();
    /// Null: none is shown.
    void imageShown(const std::shared_ptr<const finebrush::OpenedImage>& image);
    /// The image on the screen is shown in another way.
    void imageRedrawn();
    void labelsChanged(const finebrush::ImageId& id, const finebrush::RectInImage& rect);
    void classesChanged();
    /// What edits by hand may change is another thing: what they paint over, or which values.
    void paintOverChanged();
    /// An edit by hand changed nothing, for the values of its pixels alone.
    void nothingInRange();
    void historyChanged();
    void engineStateChanged();
    void modelsChanged();
    void adapterDescribed(const finebrush::AdapterDescribed& adapter);
    void predictionChanged(const finebrush::ImageId& id);
    void promptsChanged();
    void superpixelsChanged();
    /// What other views have for the slice on the screen is labelled otherwise.
    void crossLabelsChanged();
    /// A slice that is wanted beside the one on the screen, or its labels, is there.
    void planeRead(const finebrush::PlaneRead& plane);
    /// Another adaptation is looked at.
    void runChosen();
    void jobFinished(const finebrush::JobFinished& job);
    void replaceWanted(const finebrush::ReplaceWanted& question);
    void recoverableFound(const finebrush::RecoverableFound& found);
    void noticed(const finebrush::Error& error);
    void tilePainted(const finebrush::TilePainted& tile);
    /// `Session::pixelAt` knows more.
    void pixelsKnown();
    void overviewProgressed(const finebrush::OverviewProgress& progress);
    void labelWorkChanged(const finebrush::LabelWork& work);
    void fileWorkChanged(const finebrush::FileWork& work);
    void predictionWorkChanged(const finebrush::PredictionWork& work);
    void progressed(const finebrush::messages::Progress& progress);
    void stepped(const finebrush::messages::StepMetrics& metrics);
    void adapted(const finebrush::messages::Adapted& outcome);

  private:
    void announce(const SessionEvent& event);

    std::unique_ptr<Session> session_;
};

}  // namespace finebrush
