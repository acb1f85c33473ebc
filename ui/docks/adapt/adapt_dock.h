#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

#include <filesystem>
#include <optional>
#include <string>

class QLabel;
class QProgressBar;
class QPushButton;

namespace finebrush {

class AdaptOptions;
class Preferences;
class SessionBridge;

/// Starts and stops adaptations, and says in one sentence what is going on.
class AdaptDock : public Dock {
    Q_OBJECT

  public:
    AdaptDock(SessionBridge& bridge, Preferences& preferences, QWidget* parent = nullptr);

    void adapt();
    void pauseOrResume();
    /// Chooses the adapter of a folder to start from.
    void startFrom(const std::filesystem::path& folder);

  signals:
    /// The person wants to choose the folder of an adapter to start from.
    void startFolderWanted();
    /// The person wants an adaptation: what went wrong before is of the past.
    void adaptationWanted();

  protected:
    void retranslate() override;

  private:
    void build();
    void connectModels();
    void connectStart();
    void askForModels();
    void askForChosenModel();
    void askForCheckpoint();
    void showModels();
    void followState();
    void showProgress(const messages::Progress& progress);
    void showChoice();
    void refreshTexts();
    QString readinessText() const;
    QString stateText() const;
    QString timeLeftText() const;
    /// The button stands out only where there is something to learn from; else its tool tip says what lacks.
    void showWhetherReady();

    SessionBridge& bridge_;
    Preferences& preferences_;
    QPushButton* adapt_;
    QPushButton* pause_;
    QPushButton* stop_;
    QProgressBar* progressBar_;
    QLabel* state_;
    QLabel* timeLeft_;
    AdaptOptions* options_;
    std::optional<std::string> askedModel_;       ///< of the engine, without the list having been opened
    std::optional<messages::Progress> progress_;  ///< of the adaptation that is running
    int trainingReports_ = 0;                     ///< of its progress while it trained
};

}  // namespace finebrush
