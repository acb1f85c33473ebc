#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

#include <filesystem>
#include <set>

class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace finebrush {

class SessionBridge;

/// The images of the project with their thumbnails; the selected one is shown. A volume is one row, which
/// shows the slice that was looked at last, and unfolds to those of its slices that have labels or
/// predictions.
class ImagesDock : public Dock {
    Q_OBJECT

  public:
    ImagesDock(SessionBridge& bridge, QWidget* parent = nullptr);

    /// Shows the picture or volume that many rows further in the list; stops at its ends.
    void step(int places);

  signals:
    /// The person wants to choose files to add.
    void addRequested();

  protected:
    void retranslate() override;

  private:
    void rebuild();
    /// Brings a row, and the slices below it where it is unfolded, up to date.
    void fill(int row);
    void unfold(QTreeWidgetItem* item);
    void fold(QTreeWidgetItem* item);
    void markPrediction(const ImageId& id);
    void selectShown();
    void showSelected();
    void removeSelected();

    SessionBridge& bridge_;
    QTreeWidget* list_;
    QToolButton* add_;
    QToolButton* remove_;
    std::set<std::filesystem::path> unfolded_;  ///< volumes
};

}  // namespace finebrush
