#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

#include <filesystem>
#include <set>

class QLabel;
class QPoint;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace finebrush {

class ReviewFilter;
class SessionBridge;

/// The images of the project with their thumbnails; the selected one is shown. A volume is one row, which
/// shows the slice that was looked at last, and unfolds to those of its slices that have labels or
/// predictions.
class ImagesDock : public Dock {
    Q_OBJECT

  public:
    ImagesDock(SessionBridge& bridge, QWidget* parent = nullptr);

    /// Shows the picture or volume that many of the rows that are seen further in the list; stops at its
    /// ends.
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
    /// The row of the image on the screen, or of its slice where the volume is unfolded; null: there is none.
    QTreeWidgetItem* shownItem() const;
    void selectShown();
    /// Only one image, or volume, is removed at a time.
    void enableRemoval();
    void showSelected();
    void removeSelected();
    /// Hides the rows that are not asked for, but for that of the image on the screen.
    void filterRows(const QTreeWidgetItem* shown);
    /// Offers what can be said of the selected images.
    void showMenu(const QPoint& place);
    void countDone();

    SessionBridge& bridge_;
    QTreeWidget* list_;
    QToolButton* add_;
    QToolButton* remove_;
    ReviewFilter* filter_;
    QLabel* done_;                              ///< how many are
    std::set<std::filesystem::path> unfolded_;  ///< volumes
};

}  // namespace finebrush
