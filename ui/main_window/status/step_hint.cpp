#include "ui/main_window/status/step_hint.h"

#include "core/session/session.h"
#include "ui/keys/key_profile_button.h"
#include "ui/settings/icons.h"
#include "ui/settings/preferences.h"
#include "ui/settings/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace finebrush {

namespace {

StepHint::Step nextStep(const Session& session) {
    if (isAdapting(session.engineState())) return StepHint::Step::Adapt;
    if (session.canAccept()) return StepHint::Step::Accept;
    return session.labelledClasses().size() > 1 ? StepHint::Step::Adapt : StepHint::Step::Paint;
}

}  // namespace

StepHint::StepHint(Preferences& preferences, QAction& editKeys, QWidget* parent)
    : QFrame(parent),
      preferences_(preferences),
      keys_(new KeyProfileButton(preferences, editKeys)),
      close_(new QToolButton) {
    setObjectName(QStringLiteral("StepHint"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 4, 4);
    layout->setSpacing(18);
    for (size_t i = 0; i < labels_.size(); ++i) {
        labels_[i] = new QLabel;
        labels_[i]->setObjectName(QStringLiteral("Step%1").arg(i + 1));
        layout->addWidget(labels_[i]);
    }
    layout->addStretch();
    layout->addWidget(keys_);
    close_->setObjectName(QStringLiteral("CloseSteps"));
    close_->setIcon(themedIcon(QStringLiteral("close")));
    layout->addWidget(close_);
    connect(close_, &QToolButton::clicked, this, [this] {
        hide();
        preferences_.setShowsSteps(false);
    });
    retranslate();
}

void StepHint::follow(const Session& session) {
    setVisible(!session.images().empty() && preferences_.showsSteps());
    const Step step = nextStep(session);
    const bool lacksSecondClass = session.labelledClasses().size() == 1;
    if (step == step_ && lacksSecondClass == lacksSecondClass_) return;
    step_ = step;
    lacksSecondClass_ = lacksSecondClass;
    retranslate();
}

void StepHint::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) retranslate();
    QFrame::changeEvent(event);
}

void StepHint::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fit();
}

void StepHint::fit() {
    const QMargins margins = layout()->contentsMargins();
    int wanted = margins.left() + margins.right() + keys_->sizeHint().width() + close_->sizeHint().width();
    for (const QLabel* label : labels_) wanted += label->sizeHint().width();
    wanted += layout()->spacing() * static_cast<int>(labels_.size() + 1);
    const bool hasRoom = wanted <= width();
    for (size_t i = 0; i < labels_.size(); ++i)
        labels_[i]->setVisible(hasRoom || i == static_cast<size_t>(step_));
    keys_->setVisible(hasRoom);
}

void StepHint::retranslate() {
    const bool isHalfPainted = step_ == Step::Paint && lacksSecondClass_;
    const std::array<QString, 3> texts = {isHalfPainted ? tr("1  Paint a second class, to tell them apart")
                                                        : tr("1  Paint a few strokes per class"),
                                          tr("2  Press Adapt"), tr("3  Accept or export")};
    const ThemeColours& colours = themeColours(palette());
    for (size_t i = 0; i < texts.size(); ++i) {
        const bool next = i == static_cast<size_t>(step_);
        QPalette palette = labels_[i]->palette();
        palette.setColor(QPalette::WindowText, next ? colours.link : colours.mutedText);
        labels_[i]->setPalette(palette);
        QFont font = labels_[i]->font();
        font.setBold(next);
        labels_[i]->setFont(font);
        labels_[i]->setText(texts[i]);
    }
    close_->setToolTip(tr("Do not show these steps again"));
    close_->setAccessibleName(tr("Close the steps"));
    fit();
}

}  // namespace finebrush
