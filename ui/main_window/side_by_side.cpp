#include "ui/main_window/side_by_side.h"

#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/linked_view.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/main_window/view_handle.h"
#include "ui/settings/preferences.h"

#include <QActionGroup>
#include <QEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <numeric>
#include <utility>

namespace finebrush {

namespace {

constexpr QPoint kTitlePlace{10, 10};
constexpr int kWhole = 10000;  // shared out by the splitter

constexpr std::pair<Command, LinkedContent> kContents[] = {
    {Command::SecondShowsImage, LinkedContent::Image},
    {Command::SecondShowsLabels, LinkedContent::Labels},
    {Command::SecondShowsPrediction, LinkedContent::Prediction},
    {Command::SecondShowsEarlier, LinkedContent::Earlier},
    {Command::ThreeViews, LinkedContent::Apart}};

constexpr std::pair<Command, LinkedPlace> kPlaces[] = {{Command::SecondByShape, LinkedPlace::ByShape},
                                                       {Command::SecondBeside, LinkedPlace::Beside},
                                                       {Command::SecondBelow, LinkedPlace::Below}};

/// Gives a title its text, which ends in "…" where the view is too narrow for it.
template <typename Title>
void setElided(Title& title, const QString& text) {
    title.setText(text);
    const int excess = title.sizeHint().width() - (title.parentWidget()->width() - 2 * kTitlePlace.x());
    if (excess > 0) {
        const QFontMetrics font = title.fontMetrics();
        title.setText(font.elidedText(text, Qt::ElideRight, font.horizontalAdvance(text) - excess));
    }
    title.adjustSize();
}

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
    canvas_.installEventFilter(this);
    connectActions();
    connect(this, &QSplitter::splitterMoved, this, &SideBySide::keepShares);
    connect(&bridge_, &SessionBridge::imageShown, this, &SideBySide::follow);
    connect(&bridge_, &SessionBridge::projectChanged, this, &SideBySide::follow);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &SideBySide::follow);
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &SideBySide::follow);
    follow();
}

QSplitterHandle* SideBySide::createHandle() {
    return new ViewHandle(orientation(), this);
}

void SideBySide::connectActions() {
    QAction& isOpen = actions_[Command::SideBySide];
    isOpen.setChecked(preferences_.shows(ViewAid::SideBySide));
    connect(&isOpen, &QAction::toggled, this, [this](bool open) {
        preferences_.setShows(ViewAid::SideBySide, open);
        follow();
    });
    const auto join = [this](auto& choices, auto chosen, auto choose) {
        auto* group = new QActionGroup(this);
        for (const auto& [command, choice] : choices) {
            QAction& action = actions_[command];
            action.setChecked(choice == chosen);
            group->addAction(&action);
            connect(&action, &QAction::triggered, this, [this, choice = choice, choose] {
                choose(choice);
                actions_[Command::SideBySide].setChecked(true);
                follow();
                arrange();
            });
        }
    };
    join(kContents, preferences_.linkedContent(),
         [this](LinkedContent content) { preferences_.setLinkedContent(content); });
    join(kPlaces, preferences_.linkedPlace(),
         [this](LinkedPlace place) { preferences_.setLinkedPlace(place); });
    for (const Command command :
         {Command::ToggleOverlay, Command::CompareOverlay, Command::ComparePrediction}) {
        connect(&actions_[command], &QAction::toggled, this, &SideBySide::showTitles);
    }
}

std::vector<SideBySide::Content> SideBySide::contents() const {
    const bool isOpen = bridge_.session().shownImage() && actions_[Command::SideBySide].isChecked();
    if (!isOpen) return {Content::All};
    switch (preferences_.linkedContent()) {
        case LinkedContent::Image:
            return {Content::All, Content::Image};
        case LinkedContent::Labels:
            return {Content::All, Content::Labels};
        case LinkedContent::Prediction:
            return {Content::All, Content::Prediction};
        case LinkedContent::Earlier:
            return {Content::All, Content::Earlier};
        case LinkedContent::Apart:
            return {Content::Image, Content::Labels, Content::Prediction};
    }
    return {Content::All};
}

void SideBySide::follow() {
    const bool hasImage = bridge_.session().shownImage() != nullptr;
    actions_[Command::SideBySide].setEnabled(hasImage);
    for (const auto& [command, content] : kContents) actions_[command].setEnabled(hasImage);
    for (const auto& [command, place] : kPlaces) actions_[command].setEnabled(hasImage);
    const size_t wanted = contents().size() - 1;
    if (linked_.size() != wanted) {
        while (linked_.size() < wanted) openLinked();
        while (linked_.size() > wanted) closeLinked();
        arrange();
    }
    showContent();
}

void SideBySide::openLinked() {
    QWidget* before = linked_.empty() ? static_cast<QWidget*>(&canvas_) : linked_.back().title;
    auto* view = new LinkedView(canvas_);
    auto* title = new QToolButton(view);
    title->setObjectName(QStringLiteral("LinkedTitle"));
    title->setPopupMode(QToolButton::InstantPopup);
    title->setMenu(&choices_);
    title->move(kTitlePlace);
    title->installEventFilter(this);
    view->installEventFilter(this);
    linked_.push_back({view, title});
    addWidget(view);
    QSplitterHandle* border = handle(count() - 1);
    setTabOrder(before, border);
    setTabOrder(border, title);
}

void SideBySide::closeLinked() {
    LinkedView* view = linked_.back().view;
    linked_.pop_back();
    view->setParent(nullptr);
    view->deleteLater();  // the menu of its title may still be open
    canvas_.setEarlierPrediction({});
}

void SideBySide::arrange() {
    if (linked_.empty()) return;
    const LinkedPlace place = preferences_.linkedPlace();
    const bool isBeside =
        place == LinkedPlace::Beside || (place == LinkedPlace::ByShape && width() >= height());
    setOrientation(isBeside ? Qt::Horizontal : Qt::Vertical);
    QList<int> parts;
    for (const double share : preferences_.viewShares(count())) parts << qRound(share * kWhole);
    setSizes(parts);
}

void SideBySide::keepShares() {
    const QList<int> parts = sizes();
    const double whole = std::accumulate(parts.begin(), parts.end(), 0);
    QList<double> shares;
    for (const int part : parts) shares << part / whole;
    preferences_.setViewShares(shares);
}

void SideBySide::showContent() {
    const auto shown = bridge_.session().shownImage();
    actions_[Command::SecondShowsEarlier].setEnabled(shown && isPredictedEarlier(bridge_.session(), *shown));
    const std::vector<Content> wanted = contents();
    const auto overlaysOf = [](Content content) {
        return CanvasLayers::Choice{.labels = content == Content::All || content == Content::Labels,
                                    .prediction = content == Content::All || content == Content::Prediction,
                                    .earlierPrediction = content == Content::Earlier};
    };
    canvas_.setOverlays(overlaysOf(wanted.front()));
    // The views beside it show what could be toggled over the bare image.
    actions_[Command::ToggleOverlay].setEnabled(wanted.front() == Content::All);
    for (size_t i = 0; i < linked_.size(); ++i) linked_[i].view->setOverlays(overlaysOf(wanted[i + 1]));
    if (!linked_.empty()) {
        const bool showsEarlier = std::ranges::find(wanted, Content::Earlier) != wanted.end();
        canvas_.setEarlierPrediction(showsEarlier ? earlierPrediction(bridge_.session(), *shown)
                                                  : PredictedClasses());
    }
    showTitles();
}

QString SideBySide::titleOf(Content content, const OpenedImage& image) const {
    const Session& session = bridge_.session();
    switch (content) {
        case Content::All:
            return isPredicted(session, image) ? tr("Labels and prediction") : tr("Labels");
        case Content::Image:
            return tr("Image");
        case Content::Labels:
            return tr("Labels");
        case Content::Prediction:
            return isPredicted(session, image) ? tr("Prediction") : tr("Prediction: none yet");
        case Content::Earlier:
            return isPredictedEarlier(session, image) ? tr("Prediction before")
                                                      : tr("Prediction before: none yet");
    }
    return {};
}

QString SideBySide::firstTitleOf(Content content, const OpenedImage& image) const {
    if (actions_[Command::CompareOverlay].isChecked())
        return tr("Image | %1").arg(titleOf(Content::All, image));
    if (actions_[Command::ComparePrediction].isChecked()) return tr("Labels | Prediction");
    return titleOf(actions_[Command::ToggleOverlay].isChecked() ? content : Content::Image, image);
}

void SideBySide::showTitles() {
    const auto shown = bridge_.session().shownImage();
    const std::vector<Content> wanted = contents();
    firstTitle_->setVisible(!linked_.empty());
    // Not while they are being opened or closed.
    if (!shown || linked_.empty() || wanted.size() != linked_.size() + 1) return;
    const QString first = firstTitleOf(wanted.front(), *shown);
    setElided(*firstTitle_, first);
    firstTitle_->setAccessibleName(first);
    const QString choose = tr("Choose what is shown side by side, and where");
    for (size_t i = 0; i < linked_.size(); ++i) {
        const auto [view, title] = linked_[i];
        const QString text = titleOf(wanted[i + 1], *shown);
        setElided(*title, text);
        title->setAccessibleName(tr("View %1: %2").arg(i + 2).arg(text));
        title->setToolTip(title->text() == text ? choose : text + QLatin1Char('\n') + choose);
        view->setAccessibleName(title->accessibleName());
    }
    for (int border = 1; border < count(); ++border) {
        handle(border)->setAccessibleName(tr("Border between the views"));
        handle(border)->setToolTip(tr("Drag to share out the room between the views (arrow keys)"));
    }
}

void SideBySide::resizeEvent(QResizeEvent* event) {
    arrange();
    QSplitter::resizeEvent(event);
}

bool SideBySide::isTitle(const QObject* object) const {
    return std::ranges::any_of(linked_, [&](const Linked& one) { return one.title == object; });
}

bool SideBySide::eventFilter(QObject* watched, QEvent* event) {
    // A view is not told that the pointer is over its title now.
    if (event->type() == QEvent::Enter && isTitle(watched)) canvas_.endHover();
    if (event->type() == QEvent::Resize && !isTitle(watched)) showTitles();
    return QSplitter::eventFilter(watched, event);
}

void SideBySide::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) showTitles();
    QSplitter::changeEvent(event);
}

}  // namespace finebrush
