#include "core/checkpoint/pickle_machine.h"

#include "tests/core/checkpoint/checkpoint_fixtures.h"

namespace finebrush::testing {

namespace {

/// The root value of a pickle; the bytes must outlive it.
template <typename Kind>
Kind rootOf(const Bytes& pickle) {
    const PickledObject object = PickleMachine(pickle).run();
    return std::get<Kind>(object.values.at(object.root));
}

std::string refusalOf(const std::string& pickle) {
    const Bytes bytes = toBytes(pickle);
    try {
        PickleMachine(bytes).run();
    } catch (const MalformedCheckpoint& problem) {
        return problem.what();
    }
    return {};
}

}  // namespace

TEST(PickleMachine, ReadsNumbers) {
    EXPECT_EQ(rootOf<int64_t>(toBytes("K\xff.")), 255);
    EXPECT_EQ(rootOf<int64_t>(toBytes("M\xff\xff.")), 65535);
    EXPECT_EQ(rootOf<int64_t>(toBytes("J\xfe\xff\xff\xff.")), -2);
    EXPECT_EQ(rootOf<int64_t>(toBytes("\x8a" + std::string(1, '\0') + ".")), 0);
    EXPECT_EQ(rootOf<int64_t>(toBytes("\x8a\x01\x80.")), -128);
    EXPECT_EQ(rootOf<int64_t>(toBytes("\x8a\x02\xff" + std::string(1, '\0') + ".")), 255);
    EXPECT_EQ(rootOf<double>(toBytes("G\xbf\xf8" + std::string(6, '\0') + ".")), -1.5);
    EXPECT_EQ(rootOf<bool>(toBytes("\x88.")), true);
}

TEST(PickleMachine, AnIntegerBeyond64BitsIsNoValue) {
    EXPECT_NO_THROW(rootOf<PickleNone>(toBytes("\x8a\x09" + std::string(9, '\1') + ".")));
}

TEST(PickleMachine, ReadsTextOfEveryLengthField) {
    const Bytes pickles[] = {toBytes("\x8c\x03"
                                     "abc."),
                             toBytes("X\x03" + std::string(3, '\0') + "abc."),
                             toBytes("\x8d\x03" + std::string(7, '\0') + "abc."),
                             toBytes("U\x03"
                                     "abc.")};
    for (const Bytes& pickle : pickles) EXPECT_EQ(rootOf<std::string_view>(pickle), "abc");
}

TEST(PickleMachine, ReadsContainersAndMemo) {
    // [1, 2] put into the memo and taken out again: (l, l)
    const Bytes pickle = toBytes(
        "]q\x07(K\x01K\x02"
        "eh\x07\x86.");
    const PickledObject object = PickleMachine(pickle).run();
    const auto& pair = std::get<PickleTuple>(object.values.at(object.root)).items;
    ASSERT_EQ(pair.size(), 2U);
    EXPECT_EQ(pair[0], pair[1]);
    const auto& list = std::get<PickleList>(object.values.at(pair[0])).items;
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(std::get<int64_t>(object.values.at(list[1])), 2);
    EXPECT_EQ(object.byteCount, pickle.size());
}

TEST(PickleMachine, ReadsTheNewerProtocol) {
    // protocol 4: a frame, STACK_GLOBAL, MEMOIZE
    const Bytes pickle = toBytes("\x80\x04\x95" + std::string(8, '\0') +
                                 "\x8c\x0b"
                                 "collections\x8c\x0bOrderedDict\x93)R\x94.");
    EXPECT_TRUE(rootOf<PickleDict>(pickle).items.empty());
}

TEST(PickleMachine, StopsAtStop) {
    const Bytes pickle = toBytes("N.posix");
    EXPECT_EQ(PickleMachine(pickle).run().byteCount, 2U);
}

TEST(PickleMachine, TearsDownDeepNestingWithoutRecursion) {
    const Bytes pickle = toBytes(std::string(900'000, ']') + std::string(899'999, 'a') + ".");
    EXPECT_EQ(rootOf<PickleList>(pickle).items.size(), 1U);
}

TEST(PickleMachine, NamesTheObjectThatItRefuses) {
    EXPECT_EQ(refusalOf("cos\nsystem\n."),
              "refused: file asks for Python object 'os.system', which is not tensor data");
    EXPECT_EQ(refusalOf("\x8c\x08"
                        "builtins\x8c\x04"
                        "exec\x93."),
              "refused: file asks for Python object 'builtins.exec', which is not tensor data");
    EXPECT_EQ(refusalOf("ctorch\nload\n."),
              "refused: file asks for Python object 'torch.load', which is not tensor data");
}

TEST(PickleMachine, ARefusedNameIsShownWithoutControlBytes) {
    EXPECT_EQ(refusalOf("ca\x1b[2J\nb\n."),
              "refused: file asks for Python object 'a?[2J.b', which is not tensor data");
    EXPECT_LT(refusalOf("c" + std::string(100'000, 'a') + "\nb\n.").size(), 300U);
}

TEST(PickleMachine, RefusesBrokenPickles) {
    EXPECT_EQ(refusalOf(""), "pickle ends before its STOP");
    EXPECT_EQ(refusalOf("N"), "pickle ends before its STOP");
    EXPECT_EQ(refusalOf("J\x01"), "pickle ends before its STOP");
    EXPECT_EQ(refusalOf("ctorch"), "pickle ends before its STOP");
    EXPECT_EQ(refusalOf("."), "pickle stack underflow");
    EXPECT_EQ(refusalOf("N(R."), "pickle stack underflow");
    EXPECT_EQ(refusalOf("Nt."), "pickle stack underflow");
    EXPECT_EQ(refusalOf("q\x01."), "pickle stack underflow");
    EXPECT_EQ(refusalOf("NN."), "pickle: stack not clean at end");
    EXPECT_EQ(refusalOf("N(."), "pickle: stack not clean at end");
    EXPECT_EQ(refusalOf("h\x01."), "pickle memo index out of range");
    EXPECT_EQ(refusalOf("Nr\xff\xff\xff\xff."), "pickle memo index out of range");
    EXPECT_EQ(refusalOf("X\xff\xff\xff\xff."), "pickle string longer than file");
    EXPECT_EQ(refusalOf("\x80\x06N."), "pickle protocol is newer than any known");
    EXPECT_EQ(refusalOf("i."), "pickle opcode 0x69 is not used by torch.save");
    EXPECT_EQ(refusalOf("}(K\x01u."), "pickle dictionary has a key without a value");
    EXPECT_EQ(refusalOf("]K\x01K\x02s."), "pickle: dictionary expected");
    EXPECT_EQ(refusalOf("}K\x01"
                        "a."),
              "pickle: list expected");
    EXPECT_EQ(refusalOf("N)R."), "pickle: callable expected");
    EXPECT_EQ(refusalOf("N}b."), "pickle: dictionary expected");
    EXPECT_EQ(refusalOf("NQ."), "pickle: storage identity expected");
}

TEST(PickleMachine, RefusesMoreValuesThanAnyCheckpointHas) {
    EXPECT_EQ(refusalOf(std::string(2'000'000, 'N') + "."), "pickle holds too many values");
}

}  // namespace finebrush::testing
