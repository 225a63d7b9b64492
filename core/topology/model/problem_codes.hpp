// The codes of problems. Stable: a code keeps its meaning for ever, and docs/problems.md lists them all (a test
// compares the two).
#pragma once

#include <string_view>

namespace weir::topology::codes {

// The file
inline constexpr std::string_view kSyntax = "WEIR1001";
inline constexpr std::string_view kDuplicateMember = "WEIR1002";
inline constexpr std::string_view kFileVersion = "WEIR1003";
inline constexpr std::string_view kUnknownMember = "WEIR1004";
inline constexpr std::string_view kMissingMember = "WEIR1005";
inline constexpr std::string_view kMemberType = "WEIR1006";
inline constexpr std::string_view kBadName = "WEIR1007";
inline constexpr std::string_view kDuplicateId = "WEIR1008";
inline constexpr std::string_view kUnknownGroupMember = "WEIR1009";
inline constexpr std::string_view kNulInText = "WEIR1010";
inline constexpr std::string_view kFormerIdTaken = "WEIR1011";
inline constexpr std::string_view kFormerIdTwice = "WEIR1012";
inline constexpr std::string_view kFormerTopicName = "WEIR1013";
inline constexpr std::string_view kGroupCircle = "WEIR1014";
inline constexpr std::string_view kGroupMemberTwice = "WEIR1015";

// The graph
inline constexpr std::string_view kUnknownPlugin = "WEIR1101";
inline constexpr std::string_view kUnknownOperator = "WEIR1102";
inline constexpr std::string_view kUnknownNode = "WEIR1103";
inline constexpr std::string_view kUnknownPort = "WEIR1104";
inline constexpr std::string_view kPortDirection = "WEIR1105";
inline constexpr std::string_view kCycle = "WEIR1106";
inline constexpr std::string_view kInputUnconnected = "WEIR1107";
inline constexpr std::string_view kDuplicateEdge = "WEIR1108";
inline constexpr std::string_view kOutputUnused = "WEIR1109";
inline constexpr std::string_view kUnionDiffers = "WEIR1110";
inline constexpr std::string_view kPortShape = "WEIR1111";
inline constexpr std::string_view kNotANode = "WEIR1112";
inline constexpr std::string_view kTopicNameTwice = "WEIR1113";
inline constexpr std::string_view kTopicName = "WEIR1114";
inline constexpr std::string_view kNothingToRun = "WEIR1115";
inline constexpr std::string_view kTableKey = "WEIR1116";
inline constexpr std::string_view kTableAsRecords = "WEIR1117";
inline constexpr std::string_view kDisabled = "WEIR1118";
inline constexpr std::string_view kCannotPass = "WEIR1119";
inline constexpr std::string_view kPartUnreadable = "WEIR1120";
inline constexpr std::string_view kNoPart = "WEIR1121";
inline constexpr std::string_view kPartCircle = "WEIR1122";
inline constexpr std::string_view kIsAPart = "WEIR1123";

// Parameters
inline constexpr std::string_view kUnknownParameter = "WEIR1201";
inline constexpr std::string_view kMissingParameter = "WEIR1202";
inline constexpr std::string_view kParameterType = "WEIR1203";
inline constexpr std::string_view kDuration = "WEIR1204";
inline constexpr std::string_view kOutOfRange = "WEIR1205";
inline constexpr std::string_view kNotAChoice = "WEIR1206";
inline constexpr std::string_view kReference = "WEIR1207";
inline constexpr std::string_view kSecretLiteral = "WEIR1208";
inline constexpr std::string_view kUnknownFormat = "WEIR1209";
inline constexpr std::string_view kReferenceUnset = "WEIR1210";
inline constexpr std::string_view kWritesInput = "WEIR1211";
inline constexpr std::string_view kWrittenTwice = "WEIR1212";
inline constexpr std::string_view kNotAFile = "WEIR1213";
inline constexpr std::string_view kNotPermitted = "WEIR1214";
inline constexpr std::string_view kOfAHome = "WEIR1215";
inline constexpr std::string_view kPassedOver = "WEIR1216";

// Schemas
inline constexpr std::string_view kUnknownField = "WEIR1301";
inline constexpr std::string_view kNoSchema = "WEIR1302";
inline constexpr std::string_view kExpression = "WEIR1303";
inline constexpr std::string_view kDuplicateColumn = "WEIR1304";
inline constexpr std::string_view kUnknownType = "WEIR1305";
inline constexpr std::string_view kDeriveRefused = "WEIR1306";
inline constexpr std::string_view kDerivePending = "WEIR1307";
inline constexpr std::string_view kTimeFieldType = "WEIR1308";
inline constexpr std::string_view kTopicSchema = "WEIR1309";
inline constexpr std::string_view kFieldType = "WEIR1310";

// Time, state and guarantees
inline constexpr std::string_view kNoEventTime = "WEIR1401";
inline constexpr std::string_view kUnboundedStore = "WEIR1402";
inline constexpr std::string_view kRepartition = "WEIR1403";
inline constexpr std::string_view kGuaranteeConflict = "WEIR1404";
inline constexpr std::string_view kSourcesMeet = "WEIR1406";
inline constexpr std::string_view kNoPositions = "WEIR1407";

}  // namespace weir::topology::codes
