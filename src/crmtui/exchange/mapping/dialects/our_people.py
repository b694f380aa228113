"""Our own people, as Salesforce, HubSpot and Pipedrive export them: users, and owners of records."""

from __future__ import annotations

from typing import Final

from crmtui.exchange.mapping.dialects.form import Form
from crmtui.exchange.mapping.dialects.salesforce import external
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.mapping.targets import KEPT, SYSTEM

_OF_CUSTOMERS: Final = """Account Name, Opportunity Name, Stage, Stage Name, Subject, Lead Source, Reports To Id,
    Deal Name, Deal Stage, dealname, dealstage, Lifecycle Stage, lifecyclestage, Lead Status, hs_lead_status,
    Create Date, Associated Company, Associated Company IDs, Organization, Organization ID, Title of Deal"""

SALESFORCE_USERS: Final = Form(
    "salesforce",
    "actor",
    signs="""Username, Alias, Is Active, Active, User Role Id, Role, Profile Id, Profile, User Type, Manager Id,
        Community Nickname, Nickname, Time Zone Sid Key, Locale Sid Key, Language Locale Key, Email Encoding Key,
        Employee Number, Federation Identifier, Last Login Date, Last Login""",
    least=3,
    needs=(
        "Username",
        "Name, Full Name, First Name, Last Name",
        """Alias, User Role Id, Profile Id, Profile, Manager Id, Community Nickname, Time Zone Sid Key, Locale Sid Key,
        Email Encoding Key, Federation Identifier""",
    ),
    lacks=_OF_CUSTOMERS,
    columns={
        EXTERNAL: "User ID, Id",
        "name": "Full Name, Name",
        "given_name": "First Name",
        "family_name": "Last Name",
        "email": "Email",
        "title": "Title",
        "manager_id": "Manager",
        "manager_key": "Manager Id",
        "is_active": "Is Active, Active",
        SYSTEM: "User Type, Profile",
        KEPT: """Username, Alias, Community Nickname, Nickname, Company Name, Division, Department, Street, City, State,
            State/Province, Postal Code, Zip/Postal Code, Country, Latitude, Longitude, Geocode Accuracy, Phone, Fax,
            Extension, Mobile Phone, Mobile, Employee Number, User Role Id, Role, Profile Id,
            User License, Time Zone Sid Key, Locale Sid Key, Language Locale Key, Email Encoding Key,
            Receives Info Emails, Receives Admin Info Emails, Federation Identifier, Delegated Approver Id,
            Call Center Id, Contact Id, Account Id, Portal Role, Signature, Sender Email, Sender Name, About Me,
            Stay In Touch Subject, Stay In Touch Signature, Stay In Touch Note, Forecast Enabled, Digest Frequency,
            Default Group Notification Frequency, Badge Text, Is Badged, Full Photo Url, Small Photo Url,
            Banner Photo Url, Medium Photo Url, Medium Banner Photo Url, Small Banner Photo Url,
            Is Ext Indicator Visible, Out Of Office Message, Is Profile Photo Active, Individual Id, Global Identity,
            Jigsaw Import Limit Override,
            Last Login Date, Last Login, Last Password Change Date, Offline Trial Expiration Date,
            Offline Pda Trial Expiration Date, Number Of Failed Logins, Su Access Expiration Date, Created Date,
            Created By Id, Last Modified Date, Last Modified By Id, System Modstamp, Last Viewed Date,
            Last Referenced Date""",
    },
    many="User Permissions, User Preferences, Email Preferences",
    prefixes=("user",),
    external=external,
)

HUBSPOT_OWNERS: Final = Form(
    "hubspot",
    "actor",
    signs="""Owner ID, hubspot_owner_id, User ID, userIdIncludingInactive, activeUserId, archived, HubSpot Team,
        Main team, Primary team, Additional teams, Permission set, Permission sets, Super admin, portalId, remoteList,
        Invite status""",
    least=3,
    needs=("Email", "Owner ID, hubspot_owner_id, User ID, Id, Name, First name, Last name"),
    lacks=f"{_OF_CUSTOMERS}, Record ID, hs_object_id, createdate, Username, Company, Company Name, active_flag",
    columns={
        EXTERNAL: "Owner ID, hubspot_owner_id, Id, User ID",
        "name": "Name, Full name",
        "given_name": "First name",
        "family_name": "Last name",
        "email": "Email",
        "title": "Job title",
        KEPT: """User ID, userIdIncludingInactive, activeUserId, Active Salesforce ID, archived, type, Status, Role,
            Roles, HubSpot Team, Team, Teams, Main team, Primary team, Additional teams, Permission set,
            Permission sets, Super admin, Seat, Seats, portalId, remoteList, Invite status, Last active, Last login,
            createdAt, updatedAt, Partner, Time zone, Language""",
    },
)

PIPEDRIVE_USERS: Final = Form(
    "pipedrive",
    "actor",
    signs="""Active flag, Activated, Role ID, Is you, Is admin, Icon URL, Timezone name, Timezone offset, Last login,
        Default currency, Permission set, Permission sets, Visibility group, Has created company, Is deleted""",
    least=3,
    needs=("Name", "Email", "Active flag, Is you, Icon URL, Has created company, Timezone offset, Visibility group"),
    lacks=f"{_OF_CUSTOMERS}, First name, Last name, Username",
    columns={
        EXTERNAL: "ID, User ID",
        "name": "Name",
        "email": "Email",
        "is_active": "Active flag, Active",
        KEPT: """Activated, Role ID, Is you, Is admin, Icon URL, Timezone name, Timezone offset, Last login, Phone,
            Lang, Locale, Default currency, Permission set, Permission sets, Visibility group, Has created company,
            Created, Modified, Signup flow variation, Status, Teams, Access, Is deleted""",
    },
    prefixes=("user",),
)

FORMS: Final = (SALESFORCE_USERS, HUBSPOT_OWNERS, PIPEDRIVE_USERS)
