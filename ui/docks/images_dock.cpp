#include "ui/docks/images_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/image_item_delegate.h"
#include "ui/docks/image_title.h"
#include "ui/settings/icons.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace finebrush {

namespace {

QImage thumbnailOf(const ImageEntry& entry) {
    if (entry.thumbnailRgb.empty()) return {};
    const PixelSize size = entry.thumbnailSize;
    return QImage(entry.thumbnailRgb.data(), size.width, size.height, size.width * 3, QImage::Format_RGB888)
        .copy();
}

}  // namespace

ImagesDock::ImagesDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("ImagesDock"), parent),
      bridge_(bridge),
      list_(new QListWidget),
      add_(new QToolButton),
      remove_(new QToolButton) {
    list_->setObjectName(QStringLiteral("ImageList"));
    list_->setItemDelegate(new ImageItemDelegate(list_));
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMouseTracking(true);
    add_->setObjectName(QStringLiteral("AddImage"));
    add_->setIcon(themedIcon(QStringLiteral("add")));
    remove_->setObjectName(QStringLiteral("RemoveImage"));
    remove_->setIcon(themedIcon(QStringLiteral("remove")));

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add_);
    buttons->addWidget(remove_);
    buttons->addStretch();
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(list_, 1);
    layout->addLayout(buttons);
    setWidget(body);

    connect(add_, &QToolButton::clicked, this, &ImagesDock::addRequested);
    connect(remove_, &QToolButton::clicked, this, &ImagesDock::removeSelected);
    connect(list_, &QListWidget::currentItemChanged, this, &ImagesDock::showSelected);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ImagesDock::rebuild);
    connect(&bridge_, &SessionBridge::imagesChanged, this, &ImagesDock::rebuild);
    connect(&bridge_, &SessionBridge::imageShown, this, &ImagesDock::selectShown);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &ImagesDock::markPrediction);
    retranslate();
    rebuild();
}

void ImagesDock::rebuild() {
    const QSignalBlocker blocker(list_);
    const std::vector<ImageEntry>& images = bridge_.session().images();
    while (list_->count() > static_cast<int>(images.size())) delete list_->takeItem(list_->count() - 1);
    while (list_->count() < static_cast<int>(images.size())) list_->addItem(new QListWidgetItem);
    for (int row = 0; row < list_->count(); ++row) {
        const ImageEntry& entry = images[static_cast<size_t>(row)];
        QListWidgetItem* item = list_->item(row);
        item->setText(imageTitle(entry));
        item->setToolTip(toQString(toText(ImageAddress(entry.path, entry.slice))));
        item->setData(Qt::DecorationRole, thumbnailOf(entry));
        item->setData(ImageItemDelegate::IdRole, toQString(entry.id));
        item->setData(ImageItemDelegate::SizeRole, entry.size.isEmpty() ? QString() : toQString(entry.size));
        item->setData(ImageItemDelegate::LabelledRole, entry.labelledPixels > 0);
        item->setData(ImageItemDelegate::PredictedRole, bridge_.session().prediction(entry.id) != nullptr);
        item->setData(ImageItemDelegate::MissingRole, entry.missing);
    }
    selectShown();
}

void ImagesDock::markPrediction(const ImageId& id) {
    for (int row = 0; row < list_->count(); ++row) {
        QListWidgetItem* item = list_->item(row);
        if (item->data(ImageItemDelegate::IdRole).toString() != toQString(id)) continue;
        item->setData(ImageItemDelegate::PredictedRole, bridge_.session().prediction(id) != nullptr);
    }
}

void ImagesDock::selectShown() {
    const auto shown = bridge_.session().shownImage();
    remove_->setEnabled(shown != nullptr);
    const QSignalBlocker blocker(list_);
    for (int row = 0; shown && row < list_->count(); ++row) {
        if (list_->item(row)->data(ImageItemDelegate::IdRole).toString() == toQString(shown->id)) {
            list_->setCurrentRow(row);
        }
    }
}

void ImagesDock::showSelected() {
    const QListWidgetItem* item = list_->currentItem();
    if (item) bridge_.session().showImage(item->data(ImageItemDelegate::IdRole).toString().toStdString());
}

void ImagesDock::removeSelected() {
    const QListWidgetItem* item = list_->currentItem();
    if (item) bridge_.session().removeImage(item->data(ImageItemDelegate::IdRole).toString().toStdString());
}

void ImagesDock::step(int places) {
    if (list_->count() == 0) return;
    list_->setCurrentRow(std::clamp(list_->currentRow() + places, 0, list_->count() - 1));
}

void ImagesDock::retranslate() {
    setWindowTitle(tr("Images"));
    list_->setAccessibleName(tr("Images of the project"));
    add_->setToolTip(tr("Add images"));
    add_->setAccessibleName(tr("Add images"));
    remove_->setToolTip(tr("Remove the selected image from the project"));
    remove_->setAccessibleName(tr("Remove image"));
    list_->viewport()->update();
}

}  // namespace finebrush
