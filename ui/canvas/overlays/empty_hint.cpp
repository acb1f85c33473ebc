#include "ui/canvas/overlays/empty_hint.h"

#include "ui/keys/key_profile_button.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace finebrush {

EmptyHint::EmptyHint(Preferences& preferences, QAction& editKeys, QWidget* parent)
    : QWidget(parent), icon_(new QLabel), title_(new QLabel), steps_(new QLabel), open_(new QPushButton) {
    setObjectName(QStringLiteral("EmptyHint"));
    title_->setObjectName(QStringLiteral("EmptyHintTitle"));
    title_->setProperty("role", QStringLiteral("title"));
    steps_->setObjectName(QStringLiteral("EmptyHintSteps"));
    steps_->setProperty("role", QStringLiteral("muted"));
    open_->setObjectName(QStringLiteral("EmptyHintOpen"));
    open_->setProperty("primary", true);
    auto* keys = new KeyProfileButton(preferences, editKeys);
    keys->setObjectName(QStringLiteral("EmptyHintKeys"));  // apart from the one of the steps
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch();
    layout->addWidget(icon_, 0, Qt::AlignHCenter);
    layout->addWidget(title_, 0, Qt::AlignHCenter);
    layout->addWidget(steps_, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    layout->addWidget(open_, 0, Qt::AlignHCenter);
    layout->addWidget(keys, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(open_, &QPushButton::clicked, this, &EmptyHint::openRequested);
    retranslate();
}

void EmptyHint::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) retranslate();
    QWidget::changeEvent(event);
}

void EmptyHint::retranslate() {
    icon_->setPixmap(themedIcon(QStringLiteral("image")).pixmap(56, 56));
    const QString keys = keysIn(*this, {Command::OpenImages});
    title_->setText(keys.isEmpty() ? tr("Drop an image here")
                                   : tr("Drop an image here or press %1").arg(keys));
    steps_->setText(
        tr("1.  Paint a few strokes of each class, the background too\n"
           "2.  Press Adapt and watch the masks appear\n"
           "3.  Accept the prediction, or export masks and adapter"));
    open_->setText(tr("Open images…"));
}

}  // namespace finebrush
