#pragma once

#include "core/session/session_events.h"

#include <QDialog>

#include <filesystem>
#include <vector>

class QListWidget;
class QPushButton;

namespace finebrush {

/// Lists the projects that were never saved to a file, newest first, to be gone on with or deleted.
class RecoveryDialog : public QDialog {
    Q_OBJECT

  public:
    explicit RecoveryDialog(std::vector<AbandonedProject> projects, QWidget* parent = nullptr);

    /// Takes a project off the list; with the last one the dialog closes.
    void remove(const std::filesystem::path& file);

  signals:
    void openRequested(const std::filesystem::path& file);
    void deletionRequested(const std::filesystem::path& file);

  private:
    void choose(int row);

    std::vector<AbandonedProject> projects_;
    QListWidget* list_;
    QPushButton* open_;
    QPushButton* delete_;
};

}  // namespace finebrush
