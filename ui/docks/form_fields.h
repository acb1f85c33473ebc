#pragma once

#include <QFormLayout>
#include <QLabel>
#include <QString>

namespace finebrush {

template <typename SpinBox>
SpinBox* makeSpinBox(const char* objectName) {
    auto* box = new SpinBox;
    box->setObjectName(QLatin1String(objectName));
    return box;
}

/// Names a field for the eye and for screen readers.
inline void describe(QFormLayout& form, QWidget* field, const QString& label, const QString& toolTip) {
    static_cast<QLabel*>(form.labelForField(field))->setText(label);
    field->setAccessibleName(label);
    field->setToolTip(toolTip);
}

inline void setFieldEnabled(QFormLayout& form, QWidget* field, bool enabled) {
    field->setEnabled(enabled);
    form.labelForField(field)->setEnabled(enabled);
}

}  // namespace finebrush
