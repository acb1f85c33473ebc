#pragma once

#include "core/session/session.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace finebrush {

/// Asks for a place of the image, in its pixels or on its map. Stays open while what is typed is no place,
/// and says why.
class GoToDialog : public QDialog {
    Q_OBJECT

  public:
    explicit GoToDialog(std::shared_ptr<const OpenedImage> image, QWidget* parent = nullptr);

  signals:
    void placeChosen(finebrush::PointInImage point);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    bool isOnMap() const;
    void go();
    void retranslate();

    std::shared_ptr<const OpenedImage> image_;
    QFormLayout* form_;
    QComboBox* frame_;  ///< null: the image has no map
    QLineEdit* place_;
    QLabel* problem_;
    QDialogButtonBox* buttons_;
};

}  // namespace finebrush
