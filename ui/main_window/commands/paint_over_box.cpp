#include "ui/main_window/commands/paint_over_box.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/adapt/wheel_guard.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"

#include <QSignalBlocker>

namespace finebrush {

namespace {

constexpr int kEverything = -1;  // beside the values that may be painted over
constexpr int kShownLetters = 9;

}  // namespace

PaintOverBox::PaintOverBox(SessionBridge& bridge, QWidget* parent) : ElidedComboBox(parent), bridge_(bridge) {
    setObjectName(QStringLiteral("PaintOver"));
    // A long name makes the tool bar no longer.
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(kShownLetters);
    (new WheelGuard(this))->guard(this);
    connect(this, &QComboBox::activated, this, [this](int index) {
        const int value = itemData(index).toInt();
        bridge_.session().setPaintsOver(value == kEverything ? PaintOver::Everything
                                                             : PaintOver{static_cast<uint8_t>(value)});
        clearFocus();  // the next key is for a tool again
    });
    connect(&bridge_, &SessionBridge::projectChanged, this, &PaintOverBox::refill);
    connect(&bridge_, &SessionBridge::classesChanged, this, &PaintOverBox::refill);
    connect(&bridge_, &SessionBridge::paintOverChanged, this, &PaintOverBox::showChoice);
    retranslate();
}

void PaintOverBox::refill() {
    {
        const QSignalBlocker blocker(this);
        clear();
        addItem(tr("Everything"), kEverything);
        addItem(tr("Unlabelled"), int{kUnlabelled});
        for (const LabelClass& entry : bridge_.session().classes().classes()) {
            addItem(colourChip(toQColor(entry.colour)), toQString(entry.name), int{entry.value});
        }
    }
    showChoice();
}

void PaintOverBox::showChoice() {
    const PaintOver over = bridge_.session().paintsOver();
    setCurrentIndex(findData(over.only ? int{*over.only} : kEverything));
}

void PaintOverBox::retranslate() {
    setAccessibleName(tr("Paint over"));
    setToolTip(
        withKeys(tr("What may be painted over and erased: everything, what has no label, or one class"),
                 *this, {Command::OnlyUnlabelled, Command::OnlyOverClass}));
    refill();
}

}  // namespace finebrush
