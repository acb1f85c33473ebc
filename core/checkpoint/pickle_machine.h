#pragma once

#include "core/checkpoint/byte_cursor.h"
#include "core/checkpoint/pickle_opcodes.h"
#include "core/checkpoint/pickle_value.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace finebrush {

/// Interprets the part of Python's pickle language that `torch.save` uses for tensors (Lib/pickletools.py
/// names the opcodes). It imports and calls nothing: a global is one of the names that it knows or the file
/// is refused. Memory is bounded by the pickle's length, which is bounded itself.
class PickleMachine {
  public:
    /// The longest pickle that is read; that of SAM ViT-H with its optimizer has under 1 MiB.
    static constexpr size_t kMaxBytes = size_t{16} << 20;

    explicit PickleMachine(std::span<const uint8_t> pickle);

    /// Runs to STOP, once. Throws MalformedCheckpoint.
    PickledObject run();

  private:
    // Each group handles an opcode of its own and says whether it was one.
    bool pushConstant(PickleOpcode opcode);
    bool pushText(PickleOpcode opcode);
    bool buildTuple(PickleOpcode opcode);
    bool buildContainer(PickleOpcode opcode);
    bool useMemo(PickleOpcode opcode);
    bool makeObject(PickleOpcode opcode);
    void step(PickleOpcode opcode);

    void pushInteger(std::span<const uint8_t> littleEndian);
    void reduce();
    void reduceTensor(const PickleTuple& arguments);
    void build();
    void loadStorage();

    PickleId push(PickleValue value);
    void requireOnStack(size_t count) const;
    PickleId pop();
    std::vector<PickleId> popToMark();
    std::vector<PickleId> popMany(size_t count);
    std::string_view popText();
    std::string_view readLine();
    void memoize(size_t index);
    void recall(size_t index);
    void addItems(const std::vector<PickleId>& keysAndValues);

    /// Throws unless the value is of this kind; `what` says in the reason what was expected.
    template <typename Kind>
    Kind& as(PickleId id, const char* what);
    std::vector<int64_t> integersOf(PickleId tuple);

    ByteCursor cursor_;
    PickledObject object_;
    std::vector<PickleId> stack_;
    std::vector<uint32_t> marks_;  ///< heights of the stack
    std::vector<PickleId> memo_;
};

}  // namespace finebrush
