#include "ui/dialogs/remove_class_dialog.h"

#include "ui/bridge/conversions.h"
#include "ui/docks/elided_combo_box.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace finebrush {

namespace {

// A longer name makes the dialog no wider.
constexpr int kShownLetters = 36;
constexpr int kNameWidth = 300;  // px

}  // namespace

RemoveClassDialog::RemoveClassDialog(const ClassTable& classes, const LabelClass& removed, QWidget* parent)
    : QDialog(parent), heirs_(new ElidedComboBox) {
    setObjectName(QStringLiteral("RemoveClassDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Remove class"));
    heirs_->setObjectName(QStringLiteral("ClassHeir"));
    heirs_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    heirs_->setMinimumContentsLength(kShownLetters);
    heirs_->addItem(tr("They become unlabelled"));
    for (const LabelClass& entry : classes.classes()) {
        if (entry.id == removed.id) continue;
        heirs_->addItem(tr("They become “%1”").arg(toQString(entry.name)), toQString(entry.id));
    }
    const QString name = toQString(removed.name);
    auto* text = new QLabel(tr("“%1” has labels. What becomes of them?")
                                .arg(fontMetrics().elidedText(name, Qt::ElideRight, kNameWidth)));
    text->setToolTip(name.toHtmlEscaped());
    text->setTextFormat(Qt::PlainText);  // a person typed the name
    text->setWordWrap(true);
    text->setBuddy(heirs_);
    heirs_->setAccessibleName(tr("What becomes of the labels"));

    auto* buttons = new QDialogButtonBox;
    QPushButton* remove = buttons->addButton(tr("Remove"), QDialogButtonBox::AcceptRole);
    remove->setObjectName(QStringLiteral("ConfirmRemoveClass"));
    remove->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    auto* layout = new QVBoxLayout(this);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    layout->addWidget(text);
    layout->addWidget(heirs_);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QString heir = heirs_->currentData().toString();
        emit chosen(heir.isEmpty() ? std::nullopt : std::optional<ClassId>(heir.toStdString()));
        accept();
    });
}

}  // namespace finebrush
