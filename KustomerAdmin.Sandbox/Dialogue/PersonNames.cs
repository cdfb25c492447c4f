using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Dialogue;

internal static class PersonNames
{
    private static readonly string[] s_first =
        ("Emma Liam Olivia Noah Ava Lucas Mia Ethan Sofia Mason Isabella Logan Charlotte James Amelia Jacob Harper Henry Evelyn Daniel " +
         "Camila Mateo Lena Felix Hannah Jonas Clara Anton Ida Emil Freya Oscar Astrid Hugo Chloé Louis Manon Jules Inès Arthur Giulia " +
         "Lorenzo Aurora Matteo Zofia Jakub Maja Antoni Priya Arjun Ananya Rohan Yuki Haruto Mei Wei Aisha Omar Leila Yusuf Zainab Kwame " +
         "Amara Thabo Siobhan Declan Niamh Eoin").Split(' ');

    private static readonly string[] s_last =
        ("Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson Anderson Thomas Taylor Moore " +
         "Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores " +
         "Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Müller Schmidt Schneider Fischer Weber Wagner Becker " +
         "Hoffmann Dubois Moreau Laurent Lefèvre Rossi Ferrari Bianchi Romano Nowak Kowalski Wiśniewski Patel Sharma Singh Tanaka Suzuki " +
         "Chen Wang Okafor Mensah Dlamini Murphy Kelly O'Sullivan Byrne Lindqvist Johansson Nielsen Hansen").Split(' ');

    private static readonly string[] s_companies =
        ("Northwind Bakery,Lumen Studios,Harbour Dental,Blue Fig Café,Alder & Oak,Kite Logistics,Pixel Garden,Riverside Clinic,Tonic Gym,Summit Legal," +
         "Maple Schools,Orbit Travel,Fernhill Hotel,Copper Kettle,Bright Path Tutors").Split(',');

    private static readonly string[] s_cities =
        ("Boston,Chicago,Austin,Seattle,Denver,Portland,Toronto,London,Manchester,Dublin,Berlin,Hamburg,München,Wien,Zürich,Paris,Lyon,Madrid,Barcelona," +
         "Milano,Warszawa,Stockholm,København,Oslo,Mumbai,Singapore,Sydney").Split(',');

    public static string First(Draw draw) => draw.Pick(Salt.FirstName, s_first);

    public static string Last(Draw draw) => draw.Pick(Salt.LastName, s_last);

    public static string Company(Draw draw) => draw.Pick(Salt.Company, s_companies);

    public static string City(Draw draw) => draw.Pick(Salt.City, s_cities);
}
