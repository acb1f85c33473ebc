#include "ui/dialogs/go_to_dialog.h"

#include "ui/bridge/conversions.h"
#include "ui/docks/elided_combo_box.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace finebrush {

namespace {

constexpr int kShownLetters = 36;

}  // namespace

GoToDialog::GoToDialog(std::shared_ptr<const OpenedImage> image, QWidget* parent)
    : QDialog(parent),
      image_(std::move(image)),
      form_(new QFormLayout),
      frames_(placeFramesOf(*image_)),
      frame_(new ElidedComboBox),
      place_(new QLineEdit),
      problem_(new QLabel),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setObjectName(QStringLiteral("GoToDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    frame_->setObjectName(QStringLiteral("GoToFrame"));
    // The names of some reference systems are wider than a screen.
    frame_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    frame_->setMinimumContentsLength(kShownLetters);
    for (size_t i = 0; i < frames_.size(); ++i) frame_->addItem(QString());
    form_->addRow(QStringLiteral(" "), frame_);
    form_->setRowVisible(frame_, frames_.size() > 1);
    connect(frame_, &QComboBox::currentIndexChanged, this, &GoToDialog::followFrame);
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

PlaceFrame GoToDialog::frame() const {
    return frames_[static_cast<size_t>(frame_->currentIndex())];
}

void GoToDialog::go() {
    const PlaceEntry entry = placeFromText(place_->text(), *image_, frame());
    problem_->setText(entry.problem);
    if (!entry.point) return place_->selectAll();
    emit placeChosen(entry);
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
    describe(frame_, tr("Counted in"));
    for (size_t i = 0; i < frames_.size(); ++i) frame_->setItemText(static_cast<int>(i), nameOf(frames_[i]));
    followFrame();
    buttons_->button(QDialogButtonBox::Ok)->setText(tr("Go"));
    buttons_->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
}

QString GoToDialog::nameOf(PlaceFrame frame) const {
    switch (frame) {
        case PlaceFrame::Pixels:
            return tr("Pixels of the image");
        case PlaceFrame::Map: {
            const QString crs = toQString(image_->georeference->crsName());
            return crs.isEmpty() ? tr("Units of the map") : tr("Map: %1").arg(crs);
        }
        case PlaceFrame::Degrees:
            return tr("Degrees (longitude, latitude)");
        case PlaceFrame::Patient:
            break;
    }
    return tr("Patient (mm)");
}

void GoToDialog::followFrame() {
    QString label = tr("Place (x y)");
    QString example = QStringLiteral("120 80");
    if (frame() == PlaceFrame::Degrees) {
        label = tr("Place (longitude, latitude)");
        example = QStringLiteral("11.5755, 48.1374");
    } else if (frame() == PlaceFrame::Patient) {
        label = tr("Place (left, back, head)");
        example = QStringLiteral("L 12.3  P 40  I 7.5");
    }
    static_cast<QLabel*>(form_->labelForField(place_))->setText(label);
    place_->setAccessibleName(label);
    place_->setPlaceholderText(example);
    problem_->clear();
}

}  // namespace finebrush
