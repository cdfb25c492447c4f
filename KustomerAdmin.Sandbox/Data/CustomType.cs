namespace KustomerAdmin.Sandbox.Data;

internal enum CustomType
{
    Text,
    LongText,
    Number,
    Date,
    YesNo,
    Address,
    Reference,
    Tree,
}
