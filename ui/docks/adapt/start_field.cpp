#include "ui/docks/adapt/start_field.h"

#include "core/messages/adapter_config.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/error_text.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/method_texts.h"
#include "ui/docks/adapt/wheel_guard.h"

#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QSignalBlocker>

#include <utility>

namespace finebrush {

StartField::StartField(QWidget* parent) : QWidget(parent), list_(new QComboBox), facts_(new QLabel) {
    setObjectName(QStringLiteral("StartField"));
    list_->setObjectName(QStringLiteral("Start"));
    (new WheelGuard(this))->guard(list_);
    facts_->setObjectName(QStringLiteral("StartFacts"));
    layOutFacts(*this, *list_, *facts_);
    connect(list_, &QComboBox::activated, this, &StartField::choose);
    rebuild();
}

void StartField::setFolder(const std::string& folder) {
    if (folder == folder_) return;
    folder_ = folder;
    adapter_.reset();
    refusal_.reset();
    rebuild();
    emit adapterChanged();
    if (!folder_.empty()) emit descriptionWanted(folder_);
}

void StartField::describe(const AdapterDescribed& adapter) {
    if (folder_.empty() || adapter.folder != pathFromUtf8(folder_)) return;
    adapter_ = adapter.config;
    refusal_ = adapter.refusal;
    refreshFacts();
    emit adapterChanged();
}

void StartField::rebuild() {
    const QSignalBlocker blocker(list_);
    list_->clear();
    list_->addItem(tr("The model as published"));
    if (!folder_.empty()) {
        const QString path = toQString(folder_);
        list_->addItem(QFileInfo(path).fileName());
        list_->setItemData(1, path, Qt::ToolTipRole);
    }
    list_->insertSeparator(list_->count());
    list_->addItem(tr("A folder…"));
    list_->setCurrentIndex(folder_.empty() ? 0 : 1);
    list_->setAccessibleName(tr("Start from"));
    refreshFacts();
}

void StartField::choose(int place) {
    if (place == list_->count() - 1) {
        rebuild();
        emit folderWanted();
    } else if (place == 0 && !folder_.empty()) {
        setFolder({});
        emit changed();
    }
}

// ---- texts ----

void StartField::refreshFacts() {
    const QString facts = factsText();
    facts_->setText(facts);
    facts_->setVisible(!facts.isEmpty());
    list_->setToolTip(
        tr("What the training begins with: the network as published, or an adapter of the same "
           "model that Finebrush, PEFT or AutoGluon wrote. All labels are learned either way."));
}

/// "Finebrush · Conv-LoRA · Rank 4 · LiteMedSAM", and what is left to choose.
QString StartField::factsText() const {
    if (refusal_) return errorText(*refusal_);
    if (!adapter_) return {};
    if (adapter_->origin == messages::AdapterOrigin::AutoGluon)
        return tr(
            "A checkpoint of AutoGluon: choose the method, rank, alpha and experts that it was trained "
            "with.");
    const messages::AdaptationSettings& settings = adapter_->settings;
    const bool isOfPeft = adapter_->origin == messages::AdapterOrigin::Peft;
    QStringList parts{isOfPeft ? QStringLiteral("PEFT") : QStringLiteral("Finebrush"),
                      methodName(settings.method)};
    const messages::AdaptationMethod* method = messages::findAdaptationMethod(settings.method);
    if (method && method->reads(messages::MethodSetting::Rank))
        parts << QStringLiteral("%1 %2").arg(rankName(method->rank)).arg(settings.rank);
    if (!adapter_->baseName.empty()) parts << toQString(adapter_->baseName);
    QString facts = parts.join(QStringLiteral(" · "));
    if (isOfPeft)
        facts += QLatin1Char('\n') + tr("Choose the projections and the blocks that it has adapters in.");
    return facts;
}

QString StartField::dictation() const {
    if (!adapter_ || adapter_->origin == messages::AdapterOrigin::AutoGluon) return {};
    return tr("The method and its settings come from “%1”, which the adaptation starts from.")
        .arg(QFileInfo(toQString(folder_)).fileName());
}

void StartField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QWidget::changeEvent(event);
}

}  // namespace finebrush
