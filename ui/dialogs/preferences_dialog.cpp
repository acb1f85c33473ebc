#include "ui/dialogs/preferences_dialog.h"

#include "ui/settings/preferences.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

namespace finebrush {

PreferencesDialog::PreferencesDialog(Preferences& preferences, QWidget* parent)
    : QDialog(parent),
      preferences_(preferences),
      form_(new QFormLayout),
      language_(new QComboBox),
      theme_(new QComboBox),
      keys_(new QComboBox),
      editKeys_(new QPushButton),
      engineCommand_(new QLineEdit),
      threads_(new QSpinBox),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Close)) {
    setObjectName(QStringLiteral("PreferencesDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    language_->setObjectName(QStringLiteral("Language"));
    // A language is written in itself: who cannot read the window must still find it.
    language_->addItems({QString(), QStringLiteral("English"), QStringLiteral("한국어")});
    language_->setCurrentIndex(static_cast<int>(preferences_.language()));
    theme_->setObjectName(QStringLiteral("Theme"));
    theme_->addItems({QString(), QString(), QString()});
    theme_->setCurrentIndex(static_cast<int>(preferences_.theme()));
    keys_->setObjectName(QStringLiteral("KeyProfile"));
    keys_->addItems(keyProfileTitles());
    keys_->setCurrentIndex(static_cast<int>(preferences_.keyProfile()));
    engineCommand_->setObjectName(QStringLiteral("EngineCommand"));
    engineCommand_->setText(preferences_.engineCommand());
    engineCommand_->setMinimumWidth(320);
    threads_->setObjectName(QStringLiteral("EngineThreads"));
    threads_->setRange(0, QThread::idealThreadCount());
    threads_->setValue(preferences_.engineThreads());
    for (QWidget* field :
         std::initializer_list<QWidget*>{language_, theme_, keys_, engineCommand_, threads_}) {
        form_->addRow(QStringLiteral(" "), field);
    }
    editKeys_->setObjectName(QStringLiteral("EditKeysButton"));
    editKeys_->setAutoDefault(false);
    int row = 0;
    form_->getWidgetPosition(keys_, &row, nullptr);
    form_->insertRow(row + 1, QString(), editKeys_);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form_);
    layout->addStretch();
    layout->addWidget(buttons_);

    connect(language_, &QComboBox::activated, this,
            [this](int index) { preferences_.setLanguage(static_cast<LanguageChoice>(index)); });
    connect(theme_, &QComboBox::activated, this,
            [this](int index) { preferences_.setTheme(static_cast<ThemeChoice>(index)); });
    connect(keys_, &QComboBox::activated, this,
            [this](int index) { preferences_.setKeyProfile(static_cast<KeyProfile>(index)); });
    connect(editKeys_, &QPushButton::clicked, this, &PreferencesDialog::keysRequested);
    connect(engineCommand_, &QLineEdit::editingFinished, this,
            [this] { preferences_.setEngineCommand(engineCommand_->text()); });
    connect(threads_, &QSpinBox::valueChanged, this,
            [this](int value) { preferences_.setEngineThreads(value); });
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::close);
    retranslate();
}

void PreferencesDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QDialog::changeEvent(event);
}

void PreferencesDialog::retranslate() {
    setWindowTitle(tr("Preferences"));
    const auto describe = [this](QWidget* field, const QString& label) {
        static_cast<QLabel*>(form_->labelForField(field))->setText(label);
        field->setAccessibleName(label);
    };
    describe(language_, tr("Language"));
    language_->setItemText(0, tr("As the system"));
    describe(theme_, tr("Theme"));
    theme_->setItemText(0, tr("As the system"));
    theme_->setItemText(1, tr("Light"));
    theme_->setItemText(2, tr("Dark"));
    describe(keys_, tr("Keys"));
    keys_->setToolTip(tr("The keys and the wheel as in another program. Tool tips and menus name them."));
    editKeys_->setText(tr("Edit keys…"));
    editKeys_->setToolTip(tr("See and change the keys of all commands"));
    describe(engineCommand_, tr("Engine command"));
    engineCommand_->setPlaceholderText(tr("The engine beside this program"));
    engineCommand_->setToolTip(
        tr("Such as: ssh gpu-box finebrush-engine serve. Works from the next start of the engine."));
    describe(threads_, tr("Threads of the engine"));
    threads_->setSpecialValueText(tr("All cores"));
    buttons_->button(QDialogButtonBox::Close)->setText(tr("Close"));
}

}  // namespace finebrush
