#include "core/checkpoint/pickled_tensors.h"

#include "core/base/text.h"
#include "core/checkpoint/malformed.h"
#include "core/checkpoint/tensor_bytes.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace finebrush {

namespace {

constexpr size_t kMaxDepth = 32;
constexpr size_t kMaxNameBytes = 1024;

/// Whether the last element of a tensor lies in its storage. All numbers are non-negative.
bool reachesOutside(const PickleTensor& tensor) {
    int64_t last = tensor.offset;
    for (size_t i = 0; i < tensor.sizes.size(); ++i) {
        int64_t reach = 0;
        if (__builtin_mul_overflow(tensor.sizes[i] - 1, tensor.strides[i], &reach) ||
            __builtin_add_overflow(last, reach, &last)) {
            return true;
        }
    }
    return last >= tensor.storage.elements;
}

/// The number of elements, once every element is known to lie in the storage.
int64_t checkedElementCount(const PickleTensor& tensor, const std::string& name) {
    const std::string detail = "tensor " + inQuotes(name);
    if (tensor.offset < 0 || tensor.sizes.size() != tensor.strides.size()) {
        throw MalformedCheckpoint("bad tensor geometry", detail);
    }
    for (size_t i = 0; i < tensor.sizes.size(); ++i) {
        if (tensor.sizes[i] < 0 || tensor.strides[i] < 0) {
            throw MalformedCheckpoint("negative tensor size or stride", detail);
        }
    }
    const auto count = elementCountOf(tensor.sizes);
    if (!count) throw MalformedCheckpoint("numel: integer multiplication overflow", detail);
    if (*count > 0 && reachesOutside(tensor)) {
        throw MalformedCheckpoint("tensor reaches outside its storage " + inQuotes(tensor.storage.key),
                                  detail);
    }
    // A stride of zero repeats elements; whoever makes such a tensor contiguous would pay for every copy.
    if (*count > tensor.storage.elements) {
        throw MalformedCheckpoint("tensor has more elements than its storage " + inQuotes(tensor.storage.key),
                                  detail);
    }
    return *count;
}

/// Storages as one-dimensional tensors, each made when it is first asked for.
class StoragePool {
  public:
    explicit StoragePool(const StorageBytes& bytesOf) : bytesOf_(bytesOf) {}

    torch::Tensor view(const PickleTensor& tensor, const std::string& name) {
        const torch::Tensor& elements = elementsOf(tensor.storage);
        const int64_t count = checkedElementCount(tensor, name);
        if (count == 0) return torch::empty(tensor.sizes, elements.options());
        return elements.as_strided(tensor.sizes, tensor.strides, tensor.offset);
    }

  private:
    struct Loaded {
        PickleStorage storage;
        torch::Tensor elements;
    };

    const torch::Tensor& elementsOf(const PickleStorage& storage) {
        const auto known = loaded_.find(storage.key);
        if (known == loaded_.end()) {
            return loaded_.emplace(storage.key, Loaded{storage, load(storage)}).first->second.elements;
        }
        if (known->second.storage != storage) {
            throw MalformedCheckpoint("storage " + inQuotes(storage.key) + " is described in two ways");
        }
        return known->second.elements;
    }

    torch::Tensor load(const PickleStorage& storage) const {
        const auto bytes = bytesOf_(storage.key);
        int64_t claimed = 0;
        const auto itemSize = static_cast<int64_t>(torch::elementSize(storage.type));
        if (storage.elements < 0 || __builtin_mul_overflow(storage.elements, itemSize, &claimed) ||
            static_cast<uint64_t>(claimed) != bytes.size()) {
            throw MalformedCheckpoint("storage " + inQuotes(storage.key) + " holds " +
                                      std::to_string(bytes.size()) + " bytes, file claims " +
                                      std::to_string(storage.elements) + " elements");
        }
        return tensorFromBytes(bytes, storage.type, {storage.elements});
    }

    const StorageBytes& bytesOf_;
    std::unordered_map<std::string_view, Loaded> loaded_;
};

/// Walks dictionaries in the order of the file. Its own stack keeps a hostile file from choosing the depth of
/// ours, and its limits hold where dictionaries contain themselves or each other many times over.
class Collector {
  public:
    Collector(const PickledObject& object, const StorageBytes& bytesOf)
        : values_(object.values), root_(object.root), pool_(bytesOf) {}

    NamedTensors collect() {
        if (!std::holds_alternative<PickleDict>(values_[root_])) {
            throw MalformedCheckpoint("top-level object is not a dictionary of tensors");
        }
        open_.push_back({&std::get<PickleDict>(values_[root_]), 0, ""});
        while (!open_.empty()) {
            Level& level = open_.back();
            if (level.next == level.dict->items.size()) {
                open_.pop_back();
                continue;
            }
            const auto [key, value] = level.dict->items[level.next++];
            if (++visited_ > kMaxEntries) throw MalformedCheckpoint("checkpoint holds too many entries");
            const auto last = lastPartOf(values_[key]);
            if (last)
                visit(level.prefix + *last, values_[value]);
            else
                skip(level.prefix + "?");
        }
        return std::move(named_);
    }

  private:
    struct Level {
        const PickleDict* dict;
        size_t next;
        std::string prefix;
    };

    /// What a key adds to a name; none for a key that is neither text nor a number, which no tensor has.
    static std::optional<std::string> lastPartOf(const PickleValue& key) {
        if (const auto* number = std::get_if<int64_t>(&key)) return std::to_string(*number);
        const auto* text = std::get_if<std::string_view>(&key);
        if (!text) return std::nullopt;
        if (text->size() > kMaxNameBytes || !isUtf8(*text)) {
            throw MalformedCheckpoint("name " + inQuotes(*text) + " is too long or not UTF-8");
        }
        return std::string(*text);
    }

    void visit(std::string name, const PickleValue& value) {
        if (const auto* dict = std::get_if<PickleDict>(&value)) {
            if (open_.size() == kMaxDepth) throw MalformedCheckpoint("dictionaries are nested too deeply");
            open_.push_back({dict, 0, name + "."});
        } else if (const auto* tensor = std::get_if<PickleTensor>(&value)) {
            if (named_.tensors.contains(name)) {
                throw MalformedCheckpoint("tensor " + inQuotes(name) + " is there twice");
            }
            torch::Tensor view = pool_.view(*tensor, name);
            named_.tensors.insert(std::move(name), std::move(view));
        } else {
            skip(std::move(name));
        }
    }

    void skip(std::string name) {
        if (named_.skippedEntries++ == 0) named_.firstSkippedEntry = std::move(name);
    }

    const std::vector<PickleValue>& values_;
    PickleId root_;
    StoragePool pool_;
    NamedTensors named_;
    std::vector<Level> open_;
    size_t visited_ = 0;
};

}  // namespace

NamedTensors collectTensors(const PickledObject& object, const StorageBytes& bytesOf) {
    return Collector(object, bytesOf).collect();
}

}  // namespace finebrush
