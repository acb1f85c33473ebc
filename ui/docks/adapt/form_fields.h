#pragma once

#include "core/messages/fields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QString>
#include <QVBoxLayout>

namespace finebrush {

template <typename SpinBox>
SpinBox* makeSpinBox(const char* objectName) {
    auto* box = new SpinBox;
    box->setObjectName(QLatin1String(objectName));
    return box;
}

/// A box with all values of a setting, in their order; their texts come later.
template <typename Enum>
QComboBox* makeChoice(const char* objectName) {
    auto* box = new QComboBox;
    box->setObjectName(QLatin1String(objectName));
    for (const auto& [value, name] : messages::kEnumNames<Enum>) {
        box->addItem(QString(), static_cast<int>(value));
    }
    return box;
}

/// Reads what is chosen in such a box.
template <typename Enum>
void readChoice(const QComboBox& box, Enum& value) {
    value = static_cast<Enum>(box.currentData().toInt());
}

template <typename Enum>
void showChoice(QComboBox& box, Enum value) {
    box.setCurrentIndex(box.findData(static_cast<int>(value)));
}

inline void setItemTexts(QComboBox& box, const QStringList& texts) {
    for (int i = 0; i < box.count(); ++i) box.setItemText(i, texts.value(i));
}

/// Names a field for the eye and for screen readers.
inline void describe(QFormLayout& form, QWidget* field, const QString& label, const QString& toolTip) {
    static_cast<QLabel*>(form.labelForField(field))->setText(label);
    field->setAccessibleName(label);
    field->setToolTip(toolTip);
}

/// Lays out a field of a form that is a list, and below it what is told of the choice.
inline void layOutFacts(QWidget& field, QComboBox& list, QLabel& facts) {
    constexpr int kShownLetters = 8;
    list.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list.setMinimumContentsLength(kShownLetters);
    facts.setProperty("role", QStringLiteral("muted"));
    facts.setWordWrap(true);
    auto* layout = new QVBoxLayout(&field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(&list);
    layout->addWidget(&facts);
    field.setFocusProxy(&list);
}

inline void setFieldEnabled(QFormLayout& form, QWidget* field, bool enabled) {
    field->setEnabled(enabled);
    form.labelForField(field)->setEnabled(enabled);
}

}  // namespace finebrush
