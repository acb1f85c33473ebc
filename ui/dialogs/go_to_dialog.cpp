#include "ui/dialogs/go_to_dialog.h"

#include "ui/bridge/conversions.h"
#include "ui/dialogs/place_entry.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace finebrush {

GoToDialog::GoToDialog(std::shared_ptr<const OpenedImage> image, QWidget* parent)
    : QDialog(parent),
      image_(std::move(image)),
      form_(new QFormLayout),
      frame_(image_->georeference ? new QComboBox : nullptr),
      place_(new QLineEdit),
      problem_(new QLabel),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setObjectName(QStringLiteral("GoToDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    if (frame_) {
        frame_->setObjectName(QStringLiteral("GoToFrame"));
        frame_->addItems({QString(), QString()});
        form_->addRow(QStringLiteral(" "), frame_);
        connect(frame_, &QComboBox::activated, problem_, &QLabel::clear);
    }
    place_->setObjectName(QStringLiteral("GoToPlace"));
    place_->setMinimumWidth(260);
    form_->addRow(QStringLiteral(" "), place_);
    problem_->setObjectName(QStringLiteral("GoToProblem"));
    problem_->setProperty("role", QStringLiteral("error"));
    problem_->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form_);
    layout->addWidget(problem_);
    layout->addStretch();
    layout->addWidget(buttons_);
    connect(place_, &QLineEdit::textEdited, problem_, &QLabel::clear);
    connect(buttons_, &QDialogButtonBox::accepted, this, &GoToDialog::go);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    retranslate();
    place_->setFocus();
}

bool GoToDialog::isOnMap() const {
    return frame_ && frame_->currentIndex() == 1;
}

void GoToDialog::go() {
    const PlaceEntry entry = placeFromText(place_->text(), *image_, isOnMap());
    problem_->setText(entry.problem);
    if (!entry.point) return place_->selectAll();
    emit placeChosen(*entry.point);
    accept();
}

void GoToDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QDialog::changeEvent(event);
}

void GoToDialog::retranslate() {
    setWindowTitle(tr("Go to a place"));
    const auto describe = [this](QWidget* field, const QString& label) {
        static_cast<QLabel*>(form_->labelForField(field))->setText(label);
        field->setAccessibleName(label);
    };
    if (frame_) {
        describe(frame_, tr("Counted in"));
        frame_->setItemText(0, tr("Pixels of the image"));
        const QString crs = toQString(image_->georeference->crsName());
        frame_->setItemText(1, crs.isEmpty() ? tr("Units of the map") : tr("Map: %1").arg(crs));
    }
    describe(place_, tr("Place (x y)"));
    place_->setPlaceholderText(QStringLiteral("120 80"));
    buttons_->button(QDialogButtonBox::Ok)->setText(tr("Go"));
    buttons_->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    problem_->clear();
}

}  // namespace finebrush
