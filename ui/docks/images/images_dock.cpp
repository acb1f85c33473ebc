#include "ui/docks/images/images_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/read_only.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/images/image_item_delegate.h"
#include "ui/docks/images/image_title.h"
#include "ui/docks/images/review_filter.h"
#include "ui/settings/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

constexpr int kLeastWidth = 150;  // px; a name is still told from others
constexpr int kIndentation = 14;  // px, where the mark is that unfolds a volume
/// Selects one row, also while a key is held that would add it to others.
constexpr auto kAlone = QItemSelectionModel::ClearAndSelect;

QImage imageOf(const PackedThumbnail& thumbnail) {
    const std::vector<uint8_t> rgb = thumbnail.rgb();
    if (rgb.empty()) return {};
    const PixelSize size = thumbnail.size();
    return QImage(rgb.data(), size.width, size.height, size.width * 3, QImage::Format_RGB888).copy();
}

/// What a row says. Slices stand below the row of their volume.
struct RowContent {
    enum class Kind { Picture, Volume, Slice } kind = Kind::Picture;
    ImageEntry entry;  ///< of a volume the slice that is looked at
    int labelled = 0;  ///< images with labels
    bool isPredicted = false;
    ReviewState review = ReviewState::Open;  ///< not said of a slice alone
    bool operator==(const RowContent&) const = default;
};

RowContent contentOf(RowContent::Kind kind, const ImageEntry& front, std::span<const ImageEntry> images,
                     const Session& session) {
    RowContent content{kind, front};
    for (const ImageEntry& image : images) {
        if (image.labelledPixels > 0) ++content.labelled;
        content.isPredicted = content.isPredicted || session.isPredicted(image.id);
    }
    return content;
}

std::span<const ImageEntry> imagesOf(const ImageGroup& group, const Session& session) {
    return std::span(session.images()).subspan(group.first, group.count);
}

RowContent contentOf(const ImageGroup& group, const Session& session) {
    const ImageEntry& front = session.images()[group.front];
    RowContent content = contentOf(front.slice ? RowContent::Kind::Volume : RowContent::Kind::Picture, front,
                                   imagesOf(group, session), session);
    content.review = group.review;
    return content;
}

RowContent contentOf(const ImageEntry& slice, const Session& session) {
    return contentOf(RowContent::Kind::Slice, slice, {&slice, 1}, session);
}

/// A row of the list, whose thumbnail is unpacked when it is first drawn.
class ImageItem : public QTreeWidgetItem {
  public:
    explicit ImageItem(RowContent content) : content_(std::move(content)) {}
    const RowContent& content() const { return content_; }
    LabelProgress progress() const { return progressOf(content_.review, content_.labelled > 0); }
    void setContent(const RowContent& content) {
        if (content == content_) return;
        if (!(content.entry.thumbnail == content_.entry.thumbnail)) picture_.reset();
        content_ = content;
        emitDataChanged();
    }
    QVariant data(int column, int role) const override {
        const ImageEntry& entry = content_.entry;
        switch (role) {
            case Qt::DisplayRole:
                return name();
            case Qt::DecorationRole:
                if (!picture_) picture_ = imageOf(entry.thumbnail);
                return *picture_;
            case Qt::ToolTipRole:
                return toolTipText();
            case Qt::AccessibleTextRole:
                return spokenText();
            case ImageItemDelegate::IdRole:
                return toQString(entry.id);
            case ImageItemDelegate::DetailRole:
                return detail();
            case ImageItemDelegate::ReviewRole:
                return static_cast<int>(content_.review);
            case ImageItemDelegate::LabelledRole:
                return content_.labelled > 0;
            case ImageItemDelegate::PredictedRole:
                return content_.isPredicted;
            case ImageItemDelegate::MissingRole:
                return entry.missing;
            case ImageItemDelegate::DiffersRole:
                return entry.differs;
            default:
                return QTreeWidgetItem::data(column, role);
        }
    }

  private:
    QString name() const {
        const bool isSlice = content_.kind == RowContent::Kind::Slice && content_.entry.slice;
        return isSlice ? sliceTitle(*content_.entry.slice) : toQString(content_.entry.path.filename());
    }
    QString detail() const {
        const ImageEntry& entry = content_.entry;
        if (content_.kind == RowContent::Kind::Volume) {
            return entry.slices > 0
                       ? ImagesDock::tr("%1 slices, %2 labelled").arg(entry.slices).arg(content_.labelled)
                       : ImagesDock::tr("Labelled slices: %1").arg(content_.labelled);
        }
        return entry.size.isEmpty() ? QString() : toQString(entry.size);
    }
    QString spokenText() const {
        QStringList parts = {name(), detail()};
        if (content_.kind != RowContent::Kind::Slice) parts << textOf(progress());
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    QString toolTipText() const {
        if (content_.review == ReviewState::Open) return addressText();
        return QStringLiteral("%1\n%2").arg(addressText(), textOf(progress()));
    }
    QString addressText() const {
        const ImageEntry& entry = content_.entry;
        if (content_.kind == RowContent::Kind::Volume)
            return QStringLiteral("%1\n%2").arg(toQString(entry.path), detail());
        const QString address = toQString(toText(ImageAddress(entry.path, entry.slice)));
        return entry.slice
                   ? QStringLiteral("%1\n%2").arg(address, ImagesDock::tr("The address counts from 0"))
                   : address;
    }

    RowContent content_;
    mutable std::optional<QImage> picture_;
};

}  // namespace

ImagesDock::ImagesDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("ImagesDock"), parent),
      bridge_(bridge),
      list_(new QTreeWidget),
      add_(new QToolButton),
      remove_(new QToolButton),
      filter_(new ReviewFilter),
      done_(new QLabel) {
    list_->setObjectName(QStringLiteral("ImageList"));
    list_->setHeaderHidden(true);
    list_->setUniformRowHeights(true);
    list_->setIndentation(kIndentation);
    list_->setItemDelegate(new ImageItemDelegate(list_));
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMinimumWidth(kLeastWidth);
    list_->setMouseTracking(true);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    add_->setObjectName(QStringLiteral("AddImage"));
    add_->setIcon(themedIcon(QStringLiteral("add")));
    remove_->setObjectName(QStringLiteral("RemoveImage"));
    remove_->setIcon(themedIcon(QStringLiteral("remove")));
    done_->setObjectName(QStringLiteral("DoneImages"));
    done_->setProperty("role", QLatin1String("muted"));
    done_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    done_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add_);
    buttons->addWidget(remove_);
    buttons->addWidget(done_, 1);
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(filter_);
    layout->addWidget(list_, 1);
    layout->addLayout(buttons);
    setWidget(body);
    setTabOrder(list_, filter_);  // the list has the keys first

    connect(add_, &QToolButton::clicked, this, &ImagesDock::addRequested);
    connect(remove_, &QToolButton::clicked, this, &ImagesDock::removeSelected);
    connect(list_, &QTreeWidget::currentItemChanged, this, &ImagesDock::showSelected);
    connect(list_, &QTreeWidget::itemSelectionChanged, this, &ImagesDock::enableRemoval);
    connect(list_, &QWidget::customContextMenuRequested, this, &ImagesDock::showMenu);
    connect(filter_, &QComboBox::currentIndexChanged, this, &ImagesDock::selectShown);
    connect(list_, &QTreeWidget::itemExpanded, this, &ImagesDock::unfold);
    connect(list_, &QTreeWidget::itemCollapsed, this, &ImagesDock::fold);
    connect(&bridge_, &SessionBridge::projectChanged, this, [this] {
        filter_->showAll();
        rebuild();
    });
    connect(&bridge_, &SessionBridge::imagesChanged, this, &ImagesDock::rebuild);
    connect(&bridge_, &SessionBridge::imageShown, this, &ImagesDock::selectShown);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &ImagesDock::markPrediction);
    retranslate();
    rebuild();
}

void ImagesDock::rebuild() {
    const QSignalBlocker blocker(list_);
    const std::vector<ImageGroup>& groups = bridge_.session().imageGroups();
    const int rows = static_cast<int>(groups.size());
    // Where a current row is removed, the view looks for another one among all that are left.
    if (list_->topLevelItemCount() > rows) list_->setCurrentItem(nullptr);
    while (list_->topLevelItemCount() > rows) delete list_->takeTopLevelItem(list_->topLevelItemCount() - 1);
    QList<QTreeWidgetItem*> added;
    for (int row = list_->topLevelItemCount(); row < rows; ++row) {
        added << new ImageItem(contentOf(groups[static_cast<size_t>(row)], bridge_.session()));
    }
    list_->addTopLevelItems(added);
    for (int row = 0; row < rows; ++row) fill(row);
    list_->setRootIsDecorated(std::ranges::any_of(groups, [](const auto& group) { return group.count > 1; }));
    countDone();
    selectShown();
}

void ImagesDock::fill(int row) {
    const Session& session = bridge_.session();
    const ImageGroup& group = session.imageGroups()[static_cast<size_t>(row)];
    auto* item = static_cast<ImageItem*>(list_->topLevelItem(row));
    item->setContent(contentOf(group, session));
    const bool hasMore = group.count > 1;
    item->setChildIndicatorPolicy(hasMore ? QTreeWidgetItem::ShowIndicator
                                          : QTreeWidgetItem::DontShowIndicatorWhenChildless);
    const bool isUnfolded = hasMore && unfolded_.contains(item->content().entry.path);
    if (!isUnfolded && item->childCount() == 0) return;

    const auto slices = isUnfolded ? imagesOf(group, session) : std::span<const ImageEntry>();
    const int count = static_cast<int>(slices.size());
    if (item->childCount() > count) list_->setCurrentItem(nullptr);
    while (item->childCount() > count) delete item->takeChild(item->childCount() - 1);
    QList<QTreeWidgetItem*> added;
    for (size_t i = 0; i < slices.size(); ++i) {
        auto* slice = static_cast<ImageItem*>(item->child(static_cast<int>(i)));
        if (slice) {
            slice->setContent(contentOf(slices[i], session));
        } else {
            added << new ImageItem(contentOf(slices[i], session));
        }
    }
    item->addChildren(added);
    if (item->isExpanded() != isUnfolded) item->setExpanded(isUnfolded);
}

void ImagesDock::unfold(QTreeWidgetItem* item) {
    const int row = list_->indexOfTopLevelItem(item);
    if (row < 0) return;
    unfolded_.insert(static_cast<ImageItem*>(item)->content().entry.path);
    const QSignalBlocker blocker(list_);
    fill(row);
    selectShown();
}

/// The slices go with the next change of the list: the view is not done with them yet.
void ImagesDock::fold(QTreeWidgetItem* item) {
    unfolded_.erase(static_cast<ImageItem*>(item)->content().entry.path);
    selectShown();
}

void ImagesDock::markPrediction(const ImageId& id) {
    const Session& session = bridge_.session();
    const auto place = std::ranges::find(session.images(), id, &ImageEntry::id) - session.images().begin();
    const auto row = static_cast<int>(rowOf(session.imageGroups(), static_cast<size_t>(place)));
    const bool isListed = row < static_cast<int>(session.imageGroups().size());
    const QSignalBlocker blocker(list_);
    if (isListed && row < list_->topLevelItemCount()) fill(row);
}

QTreeWidgetItem* ImagesDock::shownItem() const {
    const auto shown = bridge_.session().shownImage();
    if (!shown) return nullptr;
    const std::vector<ImageEntry>& images = bridge_.session().images();
    const std::vector<ImageGroup>& groups = bridge_.session().imageGroups();
    const auto found = std::ranges::find(images, shown->id, &ImageEntry::id);
    if (found == images.end()) return nullptr;
    const auto place = static_cast<size_t>(found - images.begin());
    const size_t row = rowOf(groups, place);
    QTreeWidgetItem* item = list_->topLevelItem(static_cast<int>(row));
    if (!item) return nullptr;
    QTreeWidgetItem* slice =
        item->isExpanded() ? item->child(static_cast<int>(place - groups[row].first)) : nullptr;
    return slice ? slice : item;
}

void ImagesDock::selectShown() {
    add_->setEnabled(!bridge_.session().isReadOnly());
    QTreeWidgetItem* item = shownItem();
    filterRows(item && item->parent() ? item->parent() : item);
    // Others that are selected as well stay so.
    const bool isCurrent = item && item == list_->currentItem() && item->isSelected();
    if (item && !isCurrent) {
        const QSignalBlocker blocker(list_);
        list_->setCurrentItem(item, 0, kAlone);
    }
    enableRemoval();
}

void ImagesDock::enableRemoval() {
    const Session& session = bridge_.session();
    const bool isOne = list_->selectedItems().size() < 2;
    remove_->setEnabled(session.shownImage() && !session.isReadOnly() && isOne);
}

void ImagesDock::filterRows(const QTreeWidgetItem* shown) {
    for (int row = 0; row < list_->topLevelItemCount(); ++row) {
        auto* item = static_cast<ImageItem*>(list_->topLevelItem(row));
        const bool isHidden = item != shown && !filter_->accepts(item->progress());
        if (item->isHidden() != isHidden) item->setHidden(isHidden);
    }
}

void ImagesDock::countDone() {
    const std::vector<ImageGroup>& groups = bridge_.session().imageGroups();
    const auto done = std::ranges::count(groups, ReviewState::Done, &ImageGroup::review);
    done_->setText(groups.empty() ? QString() : tr("%1 of %2 done").arg(done).arg(groups.size()));
}

void ImagesDock::showMenu(const QPoint& place) {
    std::vector<ImageId> ids;
    bool areAllDone = true, areAllToCheck = true;
    for (const QTreeWidgetItem* item : list_->selectedItems()) {
        const ImageEntry& entry = static_cast<const ImageItem*>(item)->content().entry;
        ids.push_back(entry.id);
        areAllDone = areAllDone && entry.review == ReviewState::Done;
        areAllToCheck = areAllToCheck && entry.review == ReviewState::ToCheck;
    }
    if (ids.empty()) return;
    auto* menu = new QMenu(list_);
    menu->setObjectName(QStringLiteral("ImageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto offer = [&](ReviewState review, bool isSo) {
        QAction* action = menu->addAction(textOf(progressOf(review, false)));
        action->setCheckable(true);
        action->setChecked(isSo);
        action->setEnabled(!bridge_.session().isReadOnly());
        connect(action, &QAction::triggered, this, [this, ids, review](bool isMarked) {
            bridge_.session().setReview(ids, isMarked ? review : ReviewState::Open);
        });
    };
    offer(ReviewState::Done, areAllDone);
    offer(ReviewState::ToCheck, areAllToCheck);
    menu->popup(list_->viewport()->mapToGlobal(place));
}

void ImagesDock::showSelected() {
    const QTreeWidgetItem* item = list_->currentItem();
    if (item) bridge_.session().showImage(static_cast<const ImageItem*>(item)->content().entry.id);
}

void ImagesDock::removeSelected() {
    const QTreeWidgetItem* item = list_->currentItem();
    if (item) bridge_.session().removeVolume(static_cast<const ImageItem*>(item)->content().entry.id);
}

void ImagesDock::step(int places) {
    QTreeWidgetItem* item = list_->currentItem();
    if (item && item->parent()) item = item->parent();
    const int from = item ? list_->indexOfTopLevelItem(item) : -1;
    const int direction = places < 0 ? -1 : 1;
    int to = from;
    for (int row = from + direction; places != 0 && row >= 0 && row < list_->topLevelItemCount();
         row += direction) {
        if (list_->topLevelItem(row)->isHidden()) continue;
        to = row;
        places -= direction;
    }
    if (to != from) list_->setCurrentItem(list_->topLevelItem(to), 0, kAlone);
}

void ImagesDock::retranslate() {
    setWindowTitle(tr("Images"));
    list_->setAccessibleName(tr("Images of the project"));
    filter_->retranslate();
    countDone();
    const bool isReadOnly = bridge_.session().isReadOnly();
    add_->setToolTip(withReadOnlyReason(tr("Add images"), isReadOnly));
    add_->setAccessibleName(tr("Add images"));
    remove_->setToolTip(withReadOnlyReason(
        tr("Remove the selected image, or the whole volume, from the project"), isReadOnly));
    remove_->setAccessibleName(tr("Remove image"));
    selectShown();
    list_->viewport()->update();
}

}  // namespace finebrush
