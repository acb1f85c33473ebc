#include "ui/main_window/side_by_side.h"

#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/second_view.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/main_window/view_handle.h"
#include "ui/settings/preferences.h"

#include <QActionGroup>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <utility>

namespace finebrush {

namespace {

constexpr QPoint kTitlePlace{10, 10};
constexpr int kWhole = 10000;  // shared out by the splitter

constexpr std::pair<Command, SecondContent> kContents[] = {
    {Command::SecondShowsImage, SecondContent::Image},
    {Command::SecondShowsLabels, SecondContent::Labels},
    {Command::SecondShowsPrediction, SecondContent::Prediction},
    {Command::SecondShowsEarlier, SecondContent::Earlier}};

constexpr std::pair<Command, SecondPlace> kPlaces[] = {{Command::SecondByShape, SecondPlace::ByShape},
                                                       {Command::SecondBeside, SecondPlace::Beside},
                                                       {Command::SecondBelow, SecondPlace::Below}};

PredictedClasses earlierPrediction(const Session& session, const OpenedImage& image) {
    if (image.isLarge()) return {.cells = session.earlierCells(image.id)};
    return predictedClasses(session.earlierPrediction(image.id), image.pixels.size);
}

bool isPredicted(const Session& session, const OpenedImage& image) {
    return image.isLarge() ? session.predictedCells(image.id) != nullptr
                           : session.prediction(image.id) != nullptr;
}

bool isPredictedEarlier(const Session& session, const OpenedImage& image) {
    return image.isLarge() ? session.earlierCells(image.id) != nullptr
                           : session.earlierPrediction(image.id) != nullptr;
}

}  // namespace

SideBySide::SideBySide(CanvasView& canvas, const MainActions& actions, QMenu& choices, SessionBridge& bridge,
                       Preferences& preferences)
    : canvas_(canvas),
      actions_(actions),
      choices_(choices),
      bridge_(bridge),
      preferences_(preferences),
      firstTitle_(new QLabel(&canvas)) {
    setObjectName(QStringLiteral("SideBySide"));
    setChildrenCollapsible(false);
    addWidget(&canvas_);
    firstTitle_->setObjectName(QStringLiteral("FirstTitle"));
    firstTitle_->setAttribute(Qt::WA_TransparentForMouseEvents);
    firstTitle_->move(kTitlePlace);
    firstTitle_->hide();
    connectActions();
    connect(this, &QSplitter::splitterMoved, this, [this] {
        const QList<int> parts = sizes();
        preferences_.setFirstShare(static_cast<double>(parts[0]) / (parts[0] + parts[1]));
    });
    connect(&bridge_, &SessionBridge::imageShown, this, &SideBySide::follow);
    connect(&bridge_, &SessionBridge::projectChanged, this, &SideBySide::follow);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &SideBySide::showContent);
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &SideBySide::showContent);
    follow();
}

QSplitterHandle* SideBySide::createHandle() {
    return new ViewHandle(orientation(), this);
}

void SideBySide::connectActions() {
    QAction& isOpen = actions_[Command::SideBySide];
    isOpen.setChecked(preferences_.shows(ViewAid::SecondView));
    connect(&isOpen, &QAction::toggled, this, [this](bool open) {
        preferences_.setShows(ViewAid::SecondView, open);
        follow();
    });
    const auto join = [this](auto& choices, auto chosen, auto choose) {
        auto* group = new QActionGroup(this);
        for (const auto& [command, choice] : choices) {
            QAction& action = actions_[command];
            action.setCheckable(true);
            action.setChecked(choice == chosen);
            group->addAction(&action);
            connect(&action, &QAction::triggered, this, [this, choice = choice, choose] {
                choose(choice);
                actions_[Command::SideBySide].setChecked(true);
                arrange();
                showContent();
            });
        }
    };
    join(kContents, preferences_.secondContent(),
         [this](SecondContent content) { preferences_.setSecondContent(content); });
    join(kPlaces, preferences_.secondPlace(),
         [this](SecondPlace place) { preferences_.setSecondPlace(place); });
    for (const Command command :
         {Command::ToggleOverlay, Command::CompareOverlay, Command::ComparePrediction}) {
        connect(&actions_[command], &QAction::toggled, this, &SideBySide::showTitles);
    }
}

void SideBySide::follow() {
    const bool hasImage = bridge_.session().shownImage() != nullptr;
    actions_[Command::SideBySide].setEnabled(hasImage);
    for (const auto& [command, content] : kContents) actions_[command].setEnabled(hasImage);
    for (const auto& [command, place] : kPlaces) actions_[command].setEnabled(hasImage);
    const bool isWanted = hasImage && actions_[Command::SideBySide].isChecked();
    if (isWanted && !second_) openSecond();
    if (!isWanted && second_) closeSecond();
    showContent();
}

void SideBySide::openSecond() {
    second_ = new SecondView(canvas_);
    secondTitle_ = new QToolButton(second_);
    secondTitle_->setObjectName(QStringLiteral("SecondTitle"));
    secondTitle_->setPopupMode(QToolButton::InstantPopup);
    secondTitle_->setMenu(&choices_);
    secondTitle_->move(kTitlePlace);
    secondTitle_->installEventFilter(this);
    addWidget(second_);
    setTabOrder(&canvas_, handle(1));
    setTabOrder(handle(1), secondTitle_);
    arrange();
}

void SideBySide::closeSecond() {
    second_->setParent(nullptr);
    second_->deleteLater();  // the menu of its title may still be open
    second_ = nullptr;
    canvas_.setEarlierPrediction({});
}

void SideBySide::arrange() {
    if (!second_) return;
    const SecondPlace place = preferences_.secondPlace();
    const bool isBeside =
        place == SecondPlace::Beside || (place == SecondPlace::ByShape && width() >= height());
    setOrientation(isBeside ? Qt::Horizontal : Qt::Vertical);
    const int first = qRound(preferences_.firstShare() * kWhole);
    setSizes({first, kWhole - first});
}

void SideBySide::showContent() {
    const auto shown = bridge_.session().shownImage();
    actions_[Command::SecondShowsEarlier].setEnabled(shown && isPredictedEarlier(bridge_.session(), *shown));
    if (second_ && shown) {
        const SecondContent content = preferences_.secondContent();
        second_->setOverlays({.labels = content == SecondContent::Labels,
                              .prediction = content == SecondContent::Prediction,
                              .earlierPrediction = content == SecondContent::Earlier});
        const bool isEarlier = content == SecondContent::Earlier;
        canvas_.setEarlierPrediction(isEarlier ? earlierPrediction(bridge_.session(), *shown)
                                               : PredictedClasses());
    }
    showTitles();
}

void SideBySide::showTitles() {
    firstTitle_->setVisible(second_ != nullptr);
    const Session& session = bridge_.session();
    const auto shown = session.shownImage();
    if (!second_ || !shown) return;
    const OpenedImage& image = *shown;
    const QString overlays = isPredicted(session, image) ? tr("Labels and prediction") : tr("Labels");
    if (actions_[Command::CompareOverlay].isChecked()) {
        firstTitle_->setText(tr("Image | %1").arg(overlays));
    } else if (actions_[Command::ComparePrediction].isChecked()) {
        firstTitle_->setText(tr("Labels | Prediction"));
    } else {
        firstTitle_->setText(actions_[Command::ToggleOverlay].isChecked() ? overlays : tr("Image"));
    }
    firstTitle_->adjustSize();
    const auto second = [&] {
        switch (preferences_.secondContent()) {
            case SecondContent::Image:
                return tr("Image");
            case SecondContent::Labels:
                return tr("Labels");
            case SecondContent::Prediction:
                return isPredicted(session, image) ? tr("Prediction") : tr("Prediction: none yet");
            case SecondContent::Earlier:
                return isPredictedEarlier(session, image) ? tr("Prediction before")
                                                          : tr("Prediction before: none yet");
        }
        return QString();
    };
    secondTitle_->setText(second());
    secondTitle_->setAccessibleName(tr("Second view: %1").arg(secondTitle_->text()));
    secondTitle_->setToolTip(tr("Choose what the second view shows, and where"));
    secondTitle_->adjustSize();
    second_->setAccessibleName(secondTitle_->accessibleName());
    handle(1)->setAccessibleName(tr("Border between the views"));
    handle(1)->setToolTip(tr("Drag to share out the room between the views (arrow keys)"));
}

void SideBySide::resizeEvent(QResizeEvent* event) {
    arrange();
    QSplitter::resizeEvent(event);
}

bool SideBySide::eventFilter(QObject* watched, QEvent* event) {
    // A view is not told that the pointer is over its title now.
    if (watched == secondTitle_ && event->type() == QEvent::Enter) canvas_.endHover();
    return QSplitter::eventFilter(watched, event);
}

void SideBySide::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) showTitles();
    QSplitter::changeEvent(event);
}

}  // namespace finebrush
