#include "ui/docks/images/images_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/read_only.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/images/image_item_delegate.h"
#include "ui/docks/images/image_title.h"
#include "ui/settings/icons.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <optional>
#include <vector>

namespace finebrush {

namespace {

constexpr int kLeastWidth = 150;  // px; a name is still told from others

QImage imageOf(const PackedThumbnail& thumbnail) {
    const std::vector<uint8_t> rgb = thumbnail.rgb();
    if (rgb.empty()) return {};
    const PixelSize size = thumbnail.size();
    return QImage(rgb.data(), size.width, size.height, size.width * 3, QImage::Format_RGB888).copy();
}

/// An image of the list, whose thumbnail is unpacked when it is first drawn.
class ImageItem : public QListWidgetItem {
  public:
    const ImageEntry& entry() const { return entry_; }
    void setEntry(const ImageEntry& entry) {
        entry_ = entry;
        picture_.reset();
        setText(imageTitle(entry));
        const QString address = toQString(toText(ImageAddress(entry.path, entry.slice)));
        setToolTip(entry.slice
                       ? QStringLiteral("%1\n%2").arg(address, ImagesDock::tr("The address counts from 0"))
                       : address);
        setData(ImageItemDelegate::IdRole, toQString(entry.id));
        setData(ImageItemDelegate::SizeRole, entry.size.isEmpty() ? QString() : toQString(entry.size));
        setData(ImageItemDelegate::LabelledRole, entry.labelledPixels > 0);
        setData(ImageItemDelegate::MissingRole, entry.missing);
        setData(ImageItemDelegate::DiffersRole, entry.differs);
    }
    QVariant data(int role) const override {
        if (role != Qt::DecorationRole) return QListWidgetItem::data(role);
        if (!picture_) picture_ = imageOf(entry_.thumbnail);
        return *picture_;
    }

  private:
    ImageEntry entry_;
    mutable std::optional<QImage> picture_;
};

}  // namespace

ImagesDock::ImagesDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("ImagesDock"), parent),
      bridge_(bridge),
      list_(new QListWidget),
      add_(new QToolButton),
      remove_(new QToolButton) {
    list_->setObjectName(QStringLiteral("ImageList"));
    list_->setUniformItemSizes(true);
    list_->setItemDelegate(new ImageItemDelegate(list_));
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMinimumWidth(kLeastWidth);
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
    while (list_->count() < static_cast<int>(images.size())) list_->addItem(new ImageItem);
    for (int row = 0; row < list_->count(); ++row) {
        const ImageEntry& entry = images[static_cast<size_t>(row)];
        auto* item = static_cast<ImageItem*>(list_->item(row));
        if (item->entry() != entry) item->setEntry(entry);
        item->setData(ImageItemDelegate::PredictedRole, bridge_.session().prediction(entry.id) != nullptr);
    }
    selectShown();
}

void ImagesDock::markPrediction(const ImageId& id) {
    for (int row = 0; row < list_->count(); ++row) {
        auto* item = static_cast<ImageItem*>(list_->item(row));
        if (item->entry().id != id) continue;
        item->setData(ImageItemDelegate::PredictedRole, bridge_.session().prediction(id) != nullptr);
    }
}

void ImagesDock::selectShown() {
    const auto shown = bridge_.session().shownImage();
    const bool isReadOnly = bridge_.session().isReadOnly();
    add_->setEnabled(!isReadOnly);
    remove_->setEnabled(shown && !isReadOnly);
    const QSignalBlocker blocker(list_);
    for (int row = 0; shown && row < list_->count(); ++row) {
        if (static_cast<ImageItem*>(list_->item(row))->entry().id == shown->id) list_->setCurrentRow(row);
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
    const bool isReadOnly = bridge_.session().isReadOnly();
    add_->setToolTip(withReadOnlyReason(tr("Add images"), isReadOnly));
    add_->setAccessibleName(tr("Add images"));
    remove_->setToolTip(withReadOnlyReason(tr("Remove the selected image from the project"), isReadOnly));
    remove_->setAccessibleName(tr("Remove image"));
    selectShown();
    list_->viewport()->update();
}

}  // namespace finebrush
