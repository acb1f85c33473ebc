#include "core/checkpoint/pickle_machine.h"

#include "core/checkpoint/pickle_globals.h"
#include "core/checkpoint/tensor_bytes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <limits>

namespace finebrush {

namespace {

constexpr size_t kMaxValues = size_t{1} << 20;
constexpr uint8_t kNewestProtocol = 5;
constexpr PickleId kNotMemoized = std::numeric_limits<PickleId>::max();

}  // namespace

PickleMachine::PickleMachine(std::span<const uint8_t> pickle)
    : cursor_(pickle.first(std::min(pickle.size(), kMaxBytes)), "pickle ends before its STOP") {}

PickledObject PickleMachine::run() {
    for (auto opcode = cursor_.read<PickleOpcode>(); opcode != PickleOpcode::Stop;
         opcode = cursor_.read<PickleOpcode>()) {
        step(opcode);
    }
    if (!marks_.empty() || stack_.size() > 1) throw MalformedCheckpoint("pickle: stack not clean at end");
    object_.root = pop();
    object_.byteCount = cursor_.position();
    return std::move(object_);
}

void PickleMachine::step(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::Proto:
            if (cursor_.read<uint8_t>() > kNewestProtocol) {
                throw MalformedCheckpoint("pickle protocol is newer than any known");
            }
            return;
        case PickleOpcode::Frame:
            cursor_.read<uint64_t>();
            return;
        case PickleOpcode::Mark:
            marks_.push_back(static_cast<uint32_t>(stack_.size()));
            return;
        default:
            break;
    }
    if (pushConstant(opcode) || pushText(opcode) || buildTuple(opcode) || buildContainer(opcode) ||
        useMemo(opcode) || makeObject(opcode)) {
        return;
    }
    std::array<char, 8> shown{};
    std::snprintf(shown.data(), shown.size(), "0x%02x", static_cast<unsigned>(opcode));
    throw MalformedCheckpoint(std::string("pickle opcode ") + shown.data() + " is not used by torch.save");
}

bool PickleMachine::pushConstant(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::None:
            push(PickleNone{});
            return true;
        case PickleOpcode::NewTrue:
            push(true);
            return true;
        case PickleOpcode::NewFalse:
            push(false);
            return true;
        case PickleOpcode::BinInt:
            push(int64_t{cursor_.read<int32_t>()});
            return true;
        case PickleOpcode::BinInt1:
            push(int64_t{cursor_.read<uint8_t>()});
            return true;
        case PickleOpcode::BinInt2:
            push(int64_t{cursor_.read<uint16_t>()});
            return true;
        case PickleOpcode::Long1:
            pushInteger(cursor_.take(cursor_.read<uint8_t>()));
            return true;
        case PickleOpcode::BinFloat:  // the only big-endian number of a pickle
            push(std::bit_cast<double>(__builtin_bswap64(cursor_.read<uint64_t>())));
            return true;
        default:
            return false;
    }
}

void PickleMachine::pushInteger(std::span<const uint8_t> littleEndian) {
    if (littleEndian.size() > sizeof(int64_t)) {
        push(PickleNone{});
        return;
    }
    const bool isNegative = !littleEndian.empty() && (littleEndian.back() & 0x80) != 0;
    uint64_t value = isNegative ? ~uint64_t{0} : 0;
    std::copy(littleEndian.begin(), littleEndian.end(), reinterpret_cast<uint8_t*>(&value));
    push(std::bit_cast<int64_t>(value));
}

bool PickleMachine::pushText(PickleOpcode opcode) {
    uint64_t size = 0;
    switch (opcode) {
        case PickleOpcode::ShortBinUnicode:
        case PickleOpcode::ShortBinString:
        case PickleOpcode::ShortBinBytes:
            size = cursor_.read<uint8_t>();
            break;
        case PickleOpcode::BinUnicode:
        case PickleOpcode::BinString:
        case PickleOpcode::BinBytes:
            size = cursor_.read<uint32_t>();
            break;
        case PickleOpcode::BinUnicode8:
            size = cursor_.read<uint64_t>();
            break;
        default:
            return false;
    }
    if (size > cursor_.remaining()) throw MalformedCheckpoint("pickle string longer than file");
    push(textOf(cursor_.take(size)));
    return true;
}

bool PickleMachine::buildTuple(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::EmptyTuple:
            push(PickleTuple{});
            return true;
        case PickleOpcode::Tuple1:
            push(PickleTuple{popMany(1)});
            return true;
        case PickleOpcode::Tuple2:
            push(PickleTuple{popMany(2)});
            return true;
        case PickleOpcode::Tuple3:
            push(PickleTuple{popMany(3)});
            return true;
        case PickleOpcode::Tuple:
            push(PickleTuple{popToMark()});
            return true;
        default:
            return false;
    }
}

bool PickleMachine::buildContainer(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::EmptyList:
            push(PickleList{});
            return true;
        case PickleOpcode::EmptyDict:
            push(PickleDict{});
            return true;
        case PickleOpcode::SetItem:
            addItems(popMany(2));
            return true;
        case PickleOpcode::SetItems:
            addItems(popToMark());
            return true;
        case PickleOpcode::Append:
        case PickleOpcode::Appends: {
            const std::vector<PickleId> items = opcode == PickleOpcode::Append ? popMany(1) : popToMark();
            const PickleId list = pop();
            auto& target = as<PickleList>(list, "list").items;
            target.insert(target.end(), items.begin(), items.end());
            stack_.push_back(list);
            return true;
        }
        default:
            return false;
    }
}

void PickleMachine::addItems(const std::vector<PickleId>& keysAndValues) {
    const PickleId dict = pop();
    auto& target = as<PickleDict>(dict, "dictionary").items;
    if (keysAndValues.size() % 2 != 0)
        throw MalformedCheckpoint("pickle dictionary has a key without a value");
    for (size_t i = 0; i < keysAndValues.size(); i += 2) {
        target.emplace_back(keysAndValues[i], keysAndValues[i + 1]);
    }
    stack_.push_back(dict);
}

bool PickleMachine::useMemo(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::BinPut:
            memoize(cursor_.read<uint8_t>());
            return true;
        case PickleOpcode::LongBinPut:
            memoize(cursor_.read<uint32_t>());
            return true;
        case PickleOpcode::Memoize:
            memoize(memo_.size());
            return true;
        case PickleOpcode::BinGet:
            recall(cursor_.read<uint8_t>());
            return true;
        case PickleOpcode::LongBinGet:
            recall(cursor_.read<uint32_t>());
            return true;
        default:
            return false;
    }
}

bool PickleMachine::makeObject(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::Global: {
            const std::string_view module = readLine();
            push(allowedGlobal(module, readLine()));
            return true;
        }
        case PickleOpcode::StackGlobal: {
            const std::string_view name = popText();
            push(allowedGlobal(popText(), name));
            return true;
        }
        case PickleOpcode::Reduce:
            reduce();
            return true;
        case PickleOpcode::Build:
            build();
            return true;
        case PickleOpcode::BinPersId:
            loadStorage();
            return true;
        default:
            return false;
    }
}

void PickleMachine::reduce() {
    const PickleId argumentTuple = pop();
    const PickleId callable = pop();
    // A copy: pushing the outcome may move the values.
    const PickleTuple arguments = as<PickleTuple>(argumentTuple, "argument tuple");
    switch (as<PickleCallable>(callable, "callable")) {
        case PickleCallable::OrderedDict:
            if (!arguments.items.empty()) throw MalformedCheckpoint("pickle: OrderedDict with arguments");
            push(PickleDict{});
            return;
        case PickleCallable::Size:
            if (arguments.items.size() != 1)
                throw MalformedCheckpoint("pickle: torch.Size without its numbers");
            as<PickleTuple>(arguments.items[0], "tuple");
            stack_.push_back(arguments.items[0]);
            return;
        case PickleCallable::RebuildParameter:
            if (arguments.items.size() != 3) throw MalformedCheckpoint("pickle: damaged parameter");
            as<PickleTensor>(arguments.items[0], "tensor");
            stack_.push_back(arguments.items[0]);
            return;
        case PickleCallable::RebuildTensor:
            reduceTensor(arguments);
            return;
    }
}

void PickleMachine::reduceTensor(const PickleTuple& arguments) {
    // storage, offset, size, stride, requires_grad, backward_hooks
    if (arguments.items.size() != 6) throw MalformedCheckpoint("pickle: damaged tensor");
    push(PickleTensor{as<PickleStorage>(arguments.items[0], "storage"),
                      as<int64_t>(arguments.items[1], "number"), integersOf(arguments.items[2]),
                      integersOf(arguments.items[3])});
}

/// Attributes of a dictionary, such as a state dict's `_metadata`, are not tensor data and are dropped.
void PickleMachine::build() {
    pop();
    const PickleId target = pop();
    as<PickleDict>(target, "dictionary");
    stack_.push_back(target);
}

void PickleMachine::loadStorage() {
    // "storage", storage type, key, device, number of elements; in legacy files also a view, None since
    // PyTorch 0.4
    const PickleTuple identity = as<PickleTuple>(pop(), "storage identity");
    const bool isLegacy = identity.items.size() == 6;
    if (!isLegacy && identity.items.size() != 5) throw MalformedCheckpoint("pickle: damaged storage");
    if (as<std::string_view>(identity.items[0], "text") != "storage") {
        throw MalformedCheckpoint("pickle: damaged storage");
    }
    if (isLegacy) as<PickleNone>(identity.items[5], "None, as PyTorch before 0.4 wrote,");
    push(PickleStorage{as<std::string_view>(identity.items[2], "text"),
                       as<PickleStorageType>(identity.items[1], "storage type").type,
                       as<int64_t>(identity.items[4], "number")});
}

PickleId PickleMachine::push(PickleValue value) {
    if (object_.values.size() >= kMaxValues) throw MalformedCheckpoint("pickle holds too many values");
    const auto id = static_cast<PickleId>(object_.values.size());
    object_.values.push_back(std::move(value));
    stack_.push_back(id);
    return id;
}

void PickleMachine::requireOnStack(size_t count) const {
    const size_t floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() - floor < count) throw MalformedCheckpoint("pickle stack underflow");
}

PickleId PickleMachine::pop() {
    requireOnStack(1);
    const PickleId top = stack_.back();
    stack_.pop_back();
    return top;
}

std::vector<PickleId> PickleMachine::popMany(size_t count) {
    requireOnStack(count);
    const std::vector<PickleId> items(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return items;
}

std::vector<PickleId> PickleMachine::popToMark() {
    if (marks_.empty()) throw MalformedCheckpoint("pickle stack underflow");
    std::vector<PickleId> items = popMany(stack_.size() - marks_.back());
    marks_.pop_back();
    return items;
}

std::string_view PickleMachine::popText() {
    return as<std::string_view>(pop(), "text");
}

std::string_view PickleMachine::readLine() {
    const auto rest = cursor_.rest();
    const auto lineEnd = std::find(rest.begin(), rest.end(), uint8_t{'\n'});
    const auto line = cursor_.take(static_cast<size_t>(lineEnd - rest.begin()));
    cursor_.take(1);
    return textOf(line);
}

void PickleMachine::memoize(size_t index) {
    if (index >= kMaxValues) throw MalformedCheckpoint("pickle memo index out of range");
    requireOnStack(1);
    if (index >= memo_.size()) memo_.resize(index + 1, kNotMemoized);
    memo_[index] = stack_.back();
}

void PickleMachine::recall(size_t index) {
    if (index >= memo_.size() || memo_[index] == kNotMemoized) {
        throw MalformedCheckpoint("pickle memo index out of range");
    }
    stack_.push_back(memo_[index]);
}

template <typename Kind>
Kind& PickleMachine::as(PickleId id, const char* what) {
    Kind* const value = std::get_if<Kind>(&object_.values[id]);
    if (!value) throw MalformedCheckpoint(std::string("pickle: ") + what + " expected");
    return *value;
}

std::vector<int64_t> PickleMachine::integersOf(PickleId tuple) {
    const PickleTuple& items = as<PickleTuple>(tuple, "tuple");
    if (items.items.size() > kMaxRank) throw MalformedCheckpoint("bad tensor geometry");
    std::vector<int64_t> numbers;
    for (const PickleId item : items.items) numbers.push_back(as<int64_t>(item, "number"));
    return numbers;
}

}  // namespace finebrush
