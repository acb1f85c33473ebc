#pragma once

#include "core/session/session.h"
#include "ui/dialogs/place_entry.h"

#include <QDialog>

#include <memory>
#include <vector>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace finebrush {

/// Asks for a place of the image, in its pixels, on its map or in the patient. Stays open while what is typed
/// is no place, and says why.
class GoToDialog : public QDialog {
    Q_OBJECT

  public:
    explicit GoToDialog(std::shared_ptr<const OpenedImage> image, QWidget* parent = nullptr);

  signals:
    void placeChosen(const finebrush::PlaceEntry& place);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    PlaceFrame frame() const;
    QString nameOf(PlaceFrame frame) const;
    /// Tells what is to be typed in the frame that is chosen.
    void followFrame();
    void go();
    void retranslate();

    std::shared_ptr<const OpenedImage> image_;
    QFormLayout* form_;
    std::vector<PlaceFrame> frames_;
    QComboBox* frame_;
    QLineEdit* place_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

}  // namespace finebrush
