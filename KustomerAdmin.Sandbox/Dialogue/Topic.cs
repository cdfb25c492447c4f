namespace KustomerAdmin.Sandbox.Dialogue;

/// <summary>What customers of a shop write about. Placeholders: {order}, {customer}, {agent}.</summary>
internal sealed record Topic(string Reason, string[] Subjects, string[] Openings, string[] Replies, string[] FollowUps, string[] Notes)
{
    public static readonly string[] Closings =
    [
        "You are welcome! I am closing this for now, just answer here if anything else comes up. Best wishes, {agent}",
        "All done on our side. Have a lovely day! {agent}",
        "Happy to help. You will get a short survey from us; your answer helps the whole team. {agent}",
        "Thank you for your patience, {customer}. I will keep an eye on it until it is finished. {agent}",
    ];

    public static readonly string[] Thanks =
    [
        "Perfect, thank you so much for the quick help!",
        "Thanks, that worked.",
        "Great, that is all I needed to know. Have a nice weekend!",
        "Okay. I will wait until Friday then, thanks.",
    ];
}
