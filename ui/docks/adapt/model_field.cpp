#include "ui/docks/adapt/model_field.h"

#include "ui/dialogs/error_text.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/quantities.h"

#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace finebrush {

QString ModelField::licenceText(const messages::ModelInfo& info) {
    const QString licence = QString::fromStdString(info.licence);
    if (licence.isEmpty()) return tr("licence unknown");
    switch (info.licenceEvidence) {
        case messages::LicenceEvidence::File:
            break;
        case messages::LicenceEvidence::ModelCard:
            return tr("%1 by the model card beside it").arg(licence);
        case messages::LicenceEvidence::Family:
            return tr("%1 is the licence of the published %2; a file that was trained further may have "
                      "another")
                .arg(licence, QString::fromStdString(info.name));
    }
    return tr("%1, as published by its makers").arg(licence);
}

QString ModelField::pixelsText(const messages::ModelInfo& info) {
    if (info.name == "MedSAM") return tr("Taken for MedSAM by its file name, so pixels are scaled to 0–1.");
    // A published file is known by its contents.
    if (info.name != "SAM ViT-B" || info.licenceEvidence == messages::LicenceEvidence::File) return {};
    return tr("Taken for SAM, not MedSAM, by its file name, so pixels are normalised as for ImageNet.");
}

ModelField::ModelField(QWidget* parent) : QWidget(parent), list_(new QComboBox), facts_(new QLabel) {
    setObjectName(QStringLiteral("ModelField"));
    list_->setObjectName(QStringLiteral("Model"));
    list_->installEventFilter(this);
    facts_->setObjectName(QStringLiteral("ModelFacts"));
    layOutFacts(*this, *list_, *facts_);
    connect(list_, &QComboBox::activated, this, &ModelField::choose);
    rebuild();
}

void ModelField::setModels(const std::vector<ModelEntry>& models) {
    models_ = models;
    rebuild();
}

void ModelField::setModel(const std::string& file) {
    model_ = file;
    rebuild();
}

const messages::ModelInfo* ModelField::info() const {
    const auto entry = std::ranges::find(models_, model_, &ModelEntry::file);
    return entry != models_.end() && entry->info ? &*entry->info : nullptr;
}

QString ModelField::nameOf(const ModelEntry& entry) const {
    const QString file = QFileInfo(QString::fromStdString(entry.file)).fileName();
    if (!entry.info) return entry.file.empty() ? tr("LiteMedSAM") : file;
    const QString name = QString::fromStdString(entry.info->name);
    return entry.file.empty() ? name : tr("%1 (%2)").arg(name, file);
}

void ModelField::rebuild() {
    const QSignalBlocker blocker(list_);
    std::vector<ModelEntry> shown = models_;
    // A project may have been made with a file that is not on this list.
    if (std::ranges::find(shown, model_, &ModelEntry::file) == shown.end()) shown.push_back({model_, {}, {}});
    if (!holds(shown)) {
        list_->clear();
        for (const ModelEntry& entry : shown)
            list_->addItem(QString(), QVariant(QString::fromStdString(entry.file)));
        list_->insertSeparator(list_->count());
        list_->addItem(QString());
    }
    for (int place = 0; place < static_cast<int>(shown.size()); ++place) {
        const ModelEntry& entry = shown[static_cast<size_t>(place)];
        list_->setItemText(place, nameOf(entry));
        list_->setItemData(place, QString::fromStdString(entry.file), Qt::ToolTipRole);
    }
    list_->setItemText(list_->count() - 1, tr("Add a checkpoint…"));
    list_->setCurrentIndex(list_->findData(QString::fromStdString(model_)));
    refreshFacts();
}

bool ModelField::holds(const std::vector<ModelEntry>& models) const {
    constexpr int kBesideModels = 2;  // the separator, and what adds a file
    if (list_->count() != static_cast<int>(models.size()) + kBesideModels) return false;
    for (int place = 0; place < static_cast<int>(models.size()); ++place) {
        const std::string file = list_->itemData(place).toString().toStdString();
        if (file != models[static_cast<size_t>(place)].file) return false;
    }
    return true;
}

void ModelField::choose(int place) {
    if (place == list_->count() - 1) {
        rebuild();
        emit addWanted();
        return;
    }
    const std::string chosen = list_->itemData(place).toString().toStdString();
    if (chosen == model_) return;
    model_ = chosen;
    refreshFacts();
    emit changed();
}

void ModelField::refreshFacts() {
    emit infoChanged();
    const auto entry = std::ranges::find(models_, model_, &ModelEntry::file);
    const bool isKnown = entry != models_.end() && entry->info;
    facts_->setVisible(isKnown || (entry != models_.end() && entry->refusal));
    list_->setToolTip(tr("The network that is adapted, and that “Segment anything” uses"));
    list_->setAccessibleName(tr("Model"));
    if (entry != models_.end() && entry->refusal) facts_->setText(errorText(*entry->refusal));
    if (!isKnown) return;
    const messages::ModelInfo& info = *entry->info;
    const QLocale locale;
    const QString speed = info.secondsPerView > 0
                              ? tr("%1 s a view").arg(locale.toString(info.secondsPerView, 'g', 2))
                              : tr("its speed is being measured");
    QString text = tr("%1, %2 M parameters, input %3 px, %4. %5. %6.")
                       .arg(QString::fromStdString(info.architecture),
                            locale.toString(static_cast<double>(info.parameters) / 1e6, 'f', 1),
                            locale.toString(info.inputSize), locale.formattedDataSize(info.fileBytes, 0),
                            speed, licenceText(info));
    if (const QString pixels = pixelsText(info); !pixels.isEmpty()) text += QLatin1Char(' ') + pixels;
    facts_->setText(text);
}

bool ModelField::eventFilter(QObject* watched, QEvent* event) {
    const bool opens = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress;
    if (watched == list_ && opens) emit listWanted();
    return QWidget::eventFilter(watched, event);
}

void ModelField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QWidget::changeEvent(event);
}

}  // namespace finebrush
