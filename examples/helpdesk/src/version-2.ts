import { defineBundle } from '@objectstack/spec/system';
import { overdueRentals } from './flows/overdue-rentals.js';
import { standstillAlert } from './flows/standstill-alert.js';
import { branch } from './objects/branch.js';
import { category } from './objects/category.js';
import { machineWithInspections } from './objects/changes/machine.js';
import { technicianWithLicenses } from './objects/changes/technician.js';
import { ticketWithInspection } from './objects/changes/ticket.js';
import { contact } from './objects/contact.js';
import { customer } from './objects/customer.js';
import { inspection } from './objects/inspection.js';
import { part } from './objects/part.js';
import { partUsage } from './objects/part-usage.js';
import { rental } from './objects/rental.js';
import { visit } from './objects/visit.js';
import { frontDesk } from './permissions/front-desk.js';
import { workshop } from './permissions/workshop.js';
import { inspectionDatesSeed, inspectionSeed, licenseSeed } from './seeds/inspections.js';
import { version1 } from './version-1.js';
import { inspectionViews } from './views/inspections.js';
import { machineViews } from './views/machines.js';
import { rentalViews } from './views/rentals.js';
import { ticketViews } from './views/tickets.js';

/** Version 1 with safety inspections. Nothing is removed or renamed. */
export const version2 = defineBundle({
  manifest: {
    id: 'example.castlehire.helpdesk',
    name: 'Castle Hire help desk',
    version: '2.0.0',
    description: 'Rents out, repairs and inspects construction machines.',
  },
  objects: [
    branch,
    category,
    customer,
    contact,
    technicianWithLicenses,
    machineWithInspections,
    part,
    rental,
    ticketWithInspection,
    visit,
    partUsage,
    inspection,
  ],
  views: [ticketViews, machineViews, rentalViews, inspectionViews],
  flows: [standstillAlert, overdueRentals],
  permissions: [
    frontDesk,
    { ...workshop, objects: { ...workshop.objects, inspection: { allowCreate: true, allowRead: true } } },
  ],
  seedData: [...(version1.seedData ?? []), inspectionSeed, inspectionDatesSeed, licenseSeed],
});
