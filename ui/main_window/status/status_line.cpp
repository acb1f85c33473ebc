#include "ui/main_window/status/status_line.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/read_only.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/dialogs/error_text.h"
#include "ui/docks/images/image_title.h"
#include "ui/docks/quantities.h"
#include "ui/main_window/status/elided_label.h"
#include "ui/main_window/status/file_work_bar.h"
#include "ui/main_window/status/label_work_bar.h"
#include "ui/main_window/status/overview_bar.h"
#include "ui/main_window/status/pixel_text.h"
#include "ui/main_window/status/place_text.h"
#include "ui/main_window/status/prediction_bar.h"
#include "ui/main_window/status/tool_hint.h"
#include "ui/tools/tool_box.h"

#include <QEvent>
#include <QLabel>
#include <QStyle>

namespace finebrush {

namespace {

QLabel* makeLabel(const char* objectName) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(objectName));
    return label;
}

}  // namespace

StatusLine::StatusLine(SessionBridge& bridge, const CanvasView& canvas, const ToolBox& toolBox,
                       QWidget* parent)
    : QStatusBar(parent),
      bridge_(bridge),
      canvas_(canvas),
      toolBox_(toolBox),
      image_(makeLabel("StatusImage")),
      pointer_(new ElidedLabel("StatusPointer")),
      hint_(new ElidedLabel("StatusHint")),
      zoom_(makeLabel("StatusZoom")),
      saved_(makeLabel("StatusSaved")),
      engine_(makeLabel("StatusEngine")) {
    setObjectName(QStringLiteral("StatusLine"));
    addWidget(image_);
    addWidget(pointer_);
    pointer_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    pointer_->setMinimumWidth(1);  // many bands make no window wider
    addWidget(hint_, 1);           // it is the first to be cut short
    hint_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    addPermanentWidget(new LabelWorkBar(bridge_));
    addPermanentWidget(new FileWorkBar(bridge_));
    addPermanentWidget(new OverviewBar(bridge_));
    addPermanentWidget(new PredictionBar(bridge_));
    for (QLabel* label : {zoom_, saved_, engine_}) addPermanentWidget(label);
    connect(&bridge_, &SessionBridge::projectChanged, this, &StatusLine::retranslate);
    connect(&bridge_, &SessionBridge::imagesChanged, this, &StatusLine::showImage);
    connect(&bridge_, &SessionBridge::imageShown, this, &StatusLine::showImage);
    connect(&bridge_, &SessionBridge::historyChanged, this, &StatusLine::showSaved);
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &StatusLine::showEngine);
    connect(&bridge_, &SessionBridge::promptsChanged, this, &StatusLine::showHint);
    connect(&bridge_, &SessionBridge::paintOverChanged, this, &StatusLine::showHint);
    connect(&bridge_, &SessionBridge::classesChanged, this, &StatusLine::showHint);
    connect(&bridge_, &SessionBridge::nothingInRange, this, &StatusLine::sayNothingInRange);
    connect(&bridge_, &SessionBridge::labelsChanged, this, [this] {
        if (saysNothingInRange_) showHint();
    });
    connect(&bridge_, &SessionBridge::pixelsKnown, this, [this] { showPointer(point_); });
    connect(&bridge_, &SessionBridge::historyChanged, this, [this] { showPointer(point_); });
    connect(&bridge_, &SessionBridge::predictionChanged, this, [this] { showPointer(point_); });
    // What lies under a pointer that rests is another place by now.
    const auto showPlace = [this] { showPointer(canvas_.pointedAt()); };
    connect(&bridge_, &SessionBridge::imageShown, this, showPlace, Qt::QueuedConnection);
    connect(&canvas_, &CanvasView::zoomChanged, this, showPlace);
    connect(&canvas_, &CanvasView::hovered, this, &StatusLine::showPointer);
    connect(&canvas_, &CanvasView::zoomChanged, this, &StatusLine::showZoom);
    connect(&toolBox_, &ToolBox::kindChanged, this, &StatusLine::showHint);
    connect(&toolBox_, &ToolBox::toleranceChanged, this, &StatusLine::showHint);
    retranslate();
}

void StatusLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QStatusBar::changeEvent(event);
}

void StatusLine::retranslate() {
    showImage();
    showPointer(std::nullopt);
    showZoom();
    showSaved();
    showEngine();
    showHint();
}

void StatusLine::sayNothingInRange() {
    saysNothingInRange_ = true;
    hint_->setText(nothingInRangeHint(bridge_.session()));
}

void StatusLine::showHint() {
    saysNothingInRange_ = false;
    QString hint = bridge_.session().shownImage() ? toolHint(toolBox_, bridge_.session()) : QString();
    if (!measured_.isEmpty()) hint = tr("Length %1").arg(measured_) + QStringLiteral(" · ") + hint;
    hint_->setText(hint);
}

void StatusLine::showMeasured(const QString& length) {
    if (length == measured_) return;
    measured_ = length;
    showHint();
}

void StatusLine::showImage() {
    showHint();
    const auto shown = bridge_.session().shownImage();
    const std::vector<ImageEntry>& images = bridge_.session().images();
    const std::vector<ImageGroup>& groups = bridge_.session().imageGroups();
    size_t row = 0;  // slices of a volume are one image of the list
    for (size_t i = 0; shown && i < images.size(); ++i) {
        if (i == groups[row].first + groups[row].count) ++row;
        if (images[i].id != shown->id) continue;
        image_->setText(tr("%1   Image %2/%3   %4 px")
                            .arg(imageTitle(images[i]))
                            .arg(row + 1)
                            .arg(groups.size())
                            .arg(toQString(shown->pixels.size)));
        return;
    }
    image_->setText(tr("No image"));
}

void StatusLine::showPointer(std::optional<PointInImage> point) {
    point_ = point;
    const auto shown = bridge_.session().shownImage();
    if (!shown || !point) {
        pointer_->clear();
        return;
    }
    const int x = static_cast<int>(point->x);
    const int y = static_cast<int>(point->y);
    const std::optional<PixelBuffer> pixel = bridge_.session().pixelAt(x, y);
    QString value = pixel ? pixelText(*pixel, 0, 0) : QStringLiteral("…");
    if (pixel && shown->isHounsfield && !pixel->isHidden(0)) value += QStringLiteral(" HU");
    // The end is cut off where there is no room: many bands would push all behind them out of sight.
    QStringList parts{tr("x %1  y %2").arg(x).arg(y), classText(x, y), placeText(*shown, *point),
                      tr("Value %1").arg(value)};
    parts.removeAll(QString());
    pointer_->setText(parts.join(QStringLiteral("   ")));
    pointer_->setToolTip(shown->georeference ? toQString(shown->georeference->crsName()) : QString());
}

QString StatusLine::classText(int x, int y) const {
    const Session& session = bridge_.session();
    const uint8_t painted = session.labels().at(x, y);
    const bool isPainted = painted != kUnlabelled;
    // The canvas holds the prediction; asking the session for it could unpack it for every move.
    const LabelClass* entry = session.classes().findValue(isPainted ? painted : canvas_.predictedAt(x, y));
    if (!entry) return {};
    const QString name = toQString(entry->name);
    return isPainted ? name : tr("%1 (predicted)").arg(name);
}

void StatusLine::showZoom() {
    zoom_->setVisible(canvas_.hasImage());
    zoom_->setText(percentText(canvas_.zoom() * 100));
}

void StatusLine::showSaved() {
    const Session& session = bridge_.session();
    const std::optional<Error> problem = session.hasUnsavedWork() ? session.saveProblem() : std::nullopt;
    const QString role = problem ? QStringLiteral("error") : QStringLiteral("plain");
    if (saved_->property("role").toString() != role) {
        saved_->setProperty("role", role);
        saved_->style()->unpolish(saved_);
        saved_->style()->polish(saved_);
    }
    saved_->setToolTip(problem ? errorText(*problem) : QString());
    if (problem) {
        saved_->setText(notSavedText(*problem));
    } else if (session.images().empty()) {
        saved_->clear();
    } else if (session.isReadOnly()) {
        saved_->setText(tr("Read-only"));
        saved_->setToolTip(readOnlyReason());
    } else if (!session.isDurable()) {
        saved_->setText(tr("Saving…"));
    } else {
        saved_->setText(session.projectPath().empty() ? tr("Autosaved, no project file yet")
                                                      : tr("All changes saved"));
    }
}

QString StatusLine::notSavedText(const Error& problem) {
    switch (problem.code) {
        case ErrorCode::DiskFull:
            return tr("Not saved: the disk is full");
        case ErrorCode::FileMissing:
            return tr("Not saved: the file is gone");
        default:
            return tr("Not saved: the file cannot be written");
    }
}

void StatusLine::showEngine() {
    switch (bridge_.session().engineState()) {
        case EngineState::Off:
            return engine_->setText(tr("Engine off"));
        case EngineState::Starting:
            return engine_->setText(tr("Engine starting"));
        case EngineState::Idle:
            return engine_->setText(tr("Engine ready"));
        case EngineState::Adapting:
            return engine_->setText(tr("Adapting"));
        case EngineState::Paused:
            return engine_->setText(tr("Paused"));
        case EngineState::Stopping:
            return engine_->setText(tr("Stopping"));
    }
}

}  // namespace finebrush
