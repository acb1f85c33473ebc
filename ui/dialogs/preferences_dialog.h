#pragma once

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace finebrush {

class Preferences;

/// Language, theme, keys and engine. Every choice works at once; there is nothing to confirm.
class PreferencesDialog : public QDialog {
    Q_OBJECT

  public:
    PreferencesDialog(Preferences& preferences, QWidget* parent = nullptr);

  signals:
    void keysRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    Preferences& preferences_;
    QFormLayout* form_;
    QComboBox* language_;
    QComboBox* theme_;
    QComboBox* keys_;
    QPushButton* editKeys_;
    QLineEdit* engineCommand_;
    QSpinBox* threads_;
    QDialogButtonBox* buttons_;
};

}  // namespace finebrush
