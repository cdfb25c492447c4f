namespace KustomerAdmin.Sandbox;

/// <summary>What becomes of one record in the middle of a page; its id stays unless said.</summary>
public enum RecordSpoil
{
    WithoutId,

    /// <summary>Attributes of other types than documented, <c>updatedAt</c> too.</summary>
    WrongTypes,

    /// <summary><c>updatedAt</c> that is no date.</summary>
    InvalidDate,

    /// <summary>The same moment without its zone.</summary>
    DateWithoutZone,

    /// <summary>The same moment as <c>+0530</c> writes it.</summary>
    DateWithOffset,

    /// <summary>The same moment as milliseconds since 1970.</summary>
    DateAsNumber,

    /// <summary>The last second of the year 9999.</summary>
    DateYear9999,

    /// <summary>Ten days ahead of now.</summary>
    DateAhead,

    /// <summary>Emoji, right-to-left override, zero-width and combining characters, NUL, half a surrogate pair.</summary>
    StrangeText,

    /// <summary>Bytes that are no UTF-8.</summary>
    BrokenBytes,

    /// <summary>The record comes twice: behind the right one an older version of it.</summary>
    OlderTwin,

    /// <summary>A custom value of 200 KB.</summary>
    HugeValue,

    /// <summary>Five thousand custom attributes.</summary>
    ManyKeys,

    /// <summary>A custom value of objects in objects, forty deep.</summary>
    DeepValue,

    /// <summary>Custom attributes named <c>__proto__</c>, <c>&lt;b&gt;</c>, with nothing, and with 1 KB.</summary>
    OddNames,

    /// <summary>Attributes that have always been there are gone.</summary>
    FieldGone,

    /// <summary>Values that no list of values has.</summary>
    NewValues,

    /// <summary>Numbers as text.</summary>
    NumbersAsText,

    /// <summary>An attribute twice, the second time with another value.</summary>
    NameTwice,
}
